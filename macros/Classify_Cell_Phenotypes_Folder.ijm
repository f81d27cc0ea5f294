// Call the cells of every table in a folder
//
// Senescent, dormant, CSC-marker profile, proliferating or indeterminate, by a model or by the evidence rules.
// A table of the same name for each table, counts in the log, and at the end the tables that failed.
//
// In Fiji or ImageJ:  drag this file onto the window, press Run, choose the two folders.
// Without a window:   ImageJ --headless -macro Classify_Cell_Phenotypes_Folder.ijm "input=/tables,output=/called,options=lineage=tumour"
//                     (always with an argument; options= comes last and may be left out)
//
// The options are those of run("Classify Cell Phenotypes", "..."), see docs/fiji.md: record the command with
// Plugins > Macros > Record... to see them. They apply to every table.

options = "";

argument = getArgument();
if (argument == "") {
	input = getDirectory("Folder with tables of cells");
	output = getDirectory("Folder for the called tables");
} else {
	input = valueOf(argument, "input=", ",output=");
	output = valueOf(argument, "output=", ",options=");
	if (indexOf(argument, ",options=") >= 0) options = valueOf(argument, ",options=", "");
}
if (!endsWith(input, "/") && !endsWith(input, "\\")) input = input + "/";
if (!endsWith(output, "/") && !endsWith(output, "\\")) output = output + "/";
if (!File.isDirectory(input)) exit("Classify Cell Phenotypes: there is no folder " + input);

setBatchMode(true); // nothing is shown, everything is written
files = getFileList(input);
failures = "";
done = 0;
failed = 0;
for (i = 0; i < files.length; i++) {
	if (isTable(files[i])) {
		showProgress(i, files.length);
		run("Classify Cell Phenotypes", "cells=[" + input + files[i] + "] output_dir=[" + output + files[i] + "] " + options);
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
summary = "Classify Cell Phenotypes: " + done + " tables done, " + failed + " failed" + failures;
if (done + failed == 0) summary = "Classify Cell Phenotypes: no table in " + input;
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
	if (start < 0) exit("Classify Cell Phenotypes: the argument lacks " + mark + " (input=FOLDER,output=FOLDER)");
	value = substring(text, start + lengthOf(mark));
	if (nextMark != "" && indexOf(value, nextMark) >= 0) value = substring(value, 0, indexOf(value, nextMark));
	return value;
}
