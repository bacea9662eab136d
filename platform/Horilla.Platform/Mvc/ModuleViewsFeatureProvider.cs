using Horilla.Platform.Extensions;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Razor.Compilation;
using Microsoft.AspNetCore.Razor.Hosting;

namespace Horilla.Platform.Mvc;

/// <summary>
/// The compiled views of all modules. <c>Views/Admin/Index.cshtml</c> of the module M becomes <c>/Areas/M/Views/Admin/Index.cshtml</c>.
/// Views that are already below Areas, and the imports in the root, keep their paths.
/// </summary>
internal sealed class ModuleViewsFeatureProvider(ExtensionManager extensions) : IApplicationFeatureProvider<ViewsFeature>
{
    private readonly (string Path, RazorCompiledItem Item)[] _views = [.. extensions.Modules.SelectMany(Load)];

    public IEnumerable<string> Paths => _views.Select(view => view.Path);

    public void PopulateFeature(IEnumerable<ApplicationPart> parts, ViewsFeature feature)
    {
        foreach (var (path, item) in _views)
        {
            feature.ViewDescriptors.Add(new CompiledViewDescriptor(item) { RelativePath = path });
        }
    }

    private static IEnumerable<(string Path, RazorCompiledItem Item)> Load(ModuleInfo module)
        => new RazorCompiledItemLoader().LoadItems(module.Assembly).Select(item => (Path(module, item.Identifier), item));

    private static string Path(ModuleInfo module, string identifier)
        => identifier.StartsWith("/Areas/", StringComparison.Ordinal) || identifier.LastIndexOf('/') == 0
            ? identifier
            : $"/Areas/{module.Id}{identifier}";
}
