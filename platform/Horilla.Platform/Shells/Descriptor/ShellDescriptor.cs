namespace OrchardCore.Environment.Shell.Descriptor.Models;

/// <summary>The document that stores which features a tenant has enabled.</summary>
public class ShellDescriptor
{
    public int SerialNumber { get; set; }

    public IList<ShellFeature> Features { get; set; } = [];
}
