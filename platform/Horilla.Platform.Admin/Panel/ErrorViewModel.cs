namespace Horilla.Platform.Admin.Panel;

public sealed class ErrorViewModel
{
    public int Status { get; set; }

    /// <summary>Where a refused request wanted to go, if that is known.</summary>
    public string? RefusedUrl { get; set; }

    /// <summary>What the user would have needed, if that is known.</summary>
    public string? MissingPermission { get; set; }
}
