using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApplicationParts;

namespace Horilla.Platform.Mvc;

/// <summary>The public types of a tenant's enabled features, including controllers and view components.</summary>
internal sealed class ShellFeatureApplicationPart(IEnumerable<Type> types) : ApplicationPart, IApplicationPartTypeProvider
{
    public override string Name => "Enabled features";

    public IEnumerable<TypeInfo> Types { get; } = [.. types.Select(type => type.GetTypeInfo())];
}
