namespace OrchardCore.Modules.Manifest;

/// <summary>Marks an assembly as a module. Its id is the assembly's name if none is given.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = false, Inherited = false)]
public class ModuleAttribute : FeatureAttribute
{
    public virtual string Type => "Module";

    public virtual string? Author { get; set; }

    public virtual string? Website { get; set; }

    public virtual string? Version { get; set; }

    public virtual string[] Tags { get; set; } = [];
}
