namespace Horilla.Platform.Admin.Panel;

public sealed class ErrorViewModel
{
    public int Status { get; set; }

    /// <summary>The URL of the denied request, or null if it isn't known.</summary>
    public string? DeniedUrl { get; set; }

    /// <summary>The permission that the user lacks, or null if it isn't known.</summary>
    public string? MissingPermission { get; set; }
}
