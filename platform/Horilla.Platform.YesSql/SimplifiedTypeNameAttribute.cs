namespace YesSql;

/// <summary>Sets the name that documents of a type are stored with, so that the type can move to another namespace or assembly.</summary>
/// <param name="name">The stored name. Null or empty means the full name of the type and the name of its assembly.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Enum | AttributeTargets.Interface | AttributeTargets.Delegate)]
public class SimplifiedTypeNameAttribute(string name) : Attribute
{
    public string Name { get; set; } = name;
}
