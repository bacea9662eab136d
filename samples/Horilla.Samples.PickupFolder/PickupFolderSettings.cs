using System.Text.RegularExpressions;

namespace Horilla.Samples.PickupFolder;

/// <summary>The settings of a pickup folder, stored as an aspect of its configuration.</summary>
public sealed partial class PickupFolderSettings
{
    /// <summary>The name of the folder. Never a path, so that a tenant can't write elsewhere.</summary>
    public string Folder { get; set; } = "Pickup";

    /// <summary>Whether a text is a folder name: 1 to 50 letters, digits, hyphens and underscores.</summary>
    public static bool IsFolderName(string text) => FolderName().IsMatch(text);

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,50}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FolderName();
}
