// Train a classifier on every table in a folder
//
// Each table of cells with a column of labels gives a model of its own, named after it.
// Scores on cells left out in the log, and at the end the tables that failed.
//
// In Fiji or ImageJ:  drag this file onto the window, press Run, choose the two folders.
// Without a window:   ImageJ --headless -macro Train_Phenotype_Classifier_Folder.ijm "input=/tables,output=/models,options=label=state group=well"
//                     (always with an argument; options= comes last)
//
// The options are those of run("Train Phenotype Classifier", "..."), see docs/fiji.md: record the command with
// Plugins > Macros > Record... to see them. They apply to every table.

options = "";

argument = getArgument();
if (argument == "") {
	input = getDirectory("Folder with tables of cells");
	output = getDirectory("Folder for the models");
} else {
	input = valueOf(argument, "input=", ",output=");
	output = valueOf(argument, "output=", ",options=");
	if (indexOf(argument, ",options=") >= 0) options = valueOf(argument, ",options=", "");
}
if (!endsWith(input, "/") && !endsWith(input, "\\")) input = input + "/";
if (!endsWith(output, "/") && !endsWith(output, "\\")) output = output + "/";
if (!File.isDirectory(input)) exit("Train Phenotype Classifier: there is no folder " + input);

setBatchMode(true); // nothing is shown, everything is written
files = getFileList(input);
failures = "";
done = 0;
failed = 0;
for (i = 0; i < files.length; i++) {
	if (isTable(files[i])) {
		showProgress(i, files.length);
		run("Train Phenotype Classifier", "cells=[" + input + files[i] + "] output_dir=[" + output + replace(files[i], "\\.(csv|tsv|parquet|pq)$", "") + "] " + options);
		// A table that cannot be used does not stop the others: ask what became of it.
		error = call("org.senoscope.fiji.SenoscopeMacro.lastError");
		if (error == "") {
			done++;
			print(files[i] + ": " + call("org.senoscope.fiji.SenoscopeMacro.lastReport"));
		} else {
			failed++;
			if (indexOf(error, files[i]) < 0) error = files[i] + ": " + error;
			failures = failures + "\n  " + error;
		}
	}
}
summary = "Train Phenotype Classifier: " + done + " tables done, " + failed + " failed" + failures;
if (done + failed == 0) summary = "Train Phenotype Classifier: no table in " + input;
print(summary);
return summary;

// Tables by their extension; other files are passed over.
function isTable(name) {
	answer = call("org.senoscope.fiji.SenoscopeMacro.isTable", name);
	return matches(answer, "true");
}

// The text between two marks, up to the end where the second is missing.
function valueOf(text, mark, nextMark) {
	start = indexOf(text, mark);
	if (start < 0) exit("Train Phenotype Classifier: the argument lacks " + mark + " (input=FOLDER,output=FOLDER)");
	value = substring(text, start + lengthOf(mark));
	if (nextMark != "" && indexOf(value, nextMark) >= 0) value = substring(value, 0, indexOf(value, nextMark));
	return value;
}
