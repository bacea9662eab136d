namespace OrchardCore.Environment.Shell;

public class ShellOptions
{
    /// <summary>The folder App_Data: an absolute path.</summary>
    public string ShellsApplicationDataPath { get; set; } = "";

    /// <summary>The folder below it that holds a folder for each tenant.</summary>
    public string ShellsContainerName { get; set; } = "";
}
