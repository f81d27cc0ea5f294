// Count foci of DNA damage in every image of a folder
//
// Counts foci of γH2AX, 53BP1 and telomeres in each nucleus, and those that lie on each other (protocol dna-damage-foci).
// One folder of results for each image, one line each in the log, and at the end the images that failed.
//
// In Fiji or ImageJ:  drag this file onto the window, press Run, choose the two folders.
// Without a window:   ImageJ --headless -macro Count_DNA_Damage_Foci_Folder.ijm "input=/slides,output=/results,options=pixel_size=0.16"
//                     (always with an argument; options= comes last and may be left out)
//
// The options are those of run("Analyze Slide", "..."), such as foci_markers=[gh2ax=2; p53bp1=3], see docs/fiji.md: record the command with
// Plugins > Macros > Record... to see them. They apply to every image.

options = "";

argument = getArgument();
if (argument == "") {
	input = getDirectory("Folder with images");
	output = getDirectory("Folder for the results");
} else {
	input = valueOf(argument, "input=", ",output=");
	output = valueOf(argument, "output=", ",options=");
	if (indexOf(argument, ",options=") >= 0) options = valueOf(argument, ",options=", "");
}
if (!endsWith(input, "/") && !endsWith(input, "\\")) input = input + "/";
if (!File.isDirectory(input)) exit("Count DNA-damage foci: there is no folder " + input);

setBatchMode(true); // nothing is shown, everything is written
files = getFileList(input);
failures = "";
done = 0;
failed = 0;
for (i = 0; i < files.length; i++) {
	if (isImage(files[i])) {
		showProgress(i, files.length);
		run("Analyze Slide", "protocol=dna-damage-foci input_file=[" + input + files[i] + "] output_dir=[" + output + "] " + options);
		// An image that cannot be analysed does not stop the others: ask what became of it.
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
summary = "Count DNA-damage foci: " + done + " images done, " + failed + " failed" + failures;
if (done + failed == 0) summary = "Count DNA-damage foci: no image in " + input;
print(summary);
return summary;

// Image files by their extension; other files are passed over.
function isImage(name) {
	answer = call("org.senoscope.fiji.SenoscopeMacro.isImage", name);
	return matches(answer, "true");
}

// The text between two marks, up to the end where the second is missing.
function valueOf(text, mark, nextMark) {
	start = indexOf(text, mark);
	if (start < 0) exit("Count DNA-damage foci: the argument lacks " + mark + " (input=FOLDER,output=FOLDER)");
	value = substring(text, start + lengthOf(mark));
	if (nextMark != "" && indexOf(value, nextMark) >= 0) value = substring(value, 0, indexOf(value, nextMark));
	return value;
}
