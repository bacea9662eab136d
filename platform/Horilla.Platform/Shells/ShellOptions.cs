namespace OrchardCore.Environment.Shell;

public class ShellOptions
{
    /// <summary>The absolute path of the App_Data folder.</summary>
    public string ShellsApplicationDataPath { get; set; } = "";

    /// <summary>The name of its subfolder that contains a folder for each tenant.</summary>
    public string ShellsContainerName { get; set; } = "";
}
