using OrchardCore.Environment.Shell.Descriptor.Models;

namespace OrchardCore.Environment.Shell.Builders.Models;

/// <summary>What a shell is built from.</summary>
public class ShellBlueprint
{
    public ShellSettings Settings { get; set; } = null!;

    public ShellDescriptor Descriptor { get; set; } = null!;
}
