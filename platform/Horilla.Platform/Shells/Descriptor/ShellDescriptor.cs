namespace OrchardCore.Environment.Shell.Descriptor.Models;

/// <summary>Which features a tenant has enabled: a document of its database.</summary>
public class ShellDescriptor
{
    public int SerialNumber { get; set; }

    public IList<ShellFeature> Features { get; set; } = [];
}
