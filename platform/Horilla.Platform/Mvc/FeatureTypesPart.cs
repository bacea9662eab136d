using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApplicationParts;

namespace Horilla.Platform.Mvc;

/// <summary>The public types of the features that a tenant has enabled: its controllers and view components are among them.</summary>
internal sealed class FeatureTypesPart(IEnumerable<Type> types) : ApplicationPart, IApplicationPartTypeProvider
{
    public override string Name => "Enabled features";

    public IEnumerable<TypeInfo> Types { get; } = [.. types.Select(type => type.GetTypeInfo())];
}
