namespace Horilla.Samples.PickupFolder;

/// <summary>The form fields of a pickup folder.</summary>
public class PickupFolderViewModel
{
    /// <summary>The name of the folder.</summary>
    public string? Folder { get; set; }
}
