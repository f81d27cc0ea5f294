// Check the Senoscope installation
//
// Tries out everything that the commands need and writes what it found to the log.
//
// In Fiji or ImageJ:  drag this file onto the window and press Run.
// Without a window:   ImageJ --headless -macro Check_Senoscope_Installation.ijm "now"
//                     (always with an argument)

run("Check Senoscope Installation");
