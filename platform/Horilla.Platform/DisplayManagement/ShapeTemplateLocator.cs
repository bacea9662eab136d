using Horilla.Platform.Mvc;

namespace Horilla.Platform.DisplayManagement;

/// <summary>
/// Maps shape types to views. The view <c>Slot-Alpha.Link.cshtml</c> in the Views folder of a module is the template of
/// the type <c>Slot_Link__Alpha</c>: dots become single underscores, dashes become double underscores, and the part after
/// the last dot, the display type, goes before the first dash.
/// </summary>
internal sealed class ShapeTemplateLocator(ModuleViewsFeatureProvider views)
{
    private readonly Dictionary<string, string> _paths = Harvest(views);

    /// <summary>Returns the path of the view, or null if there is none.</summary>
    public string? Find(string shapeType) => _paths.GetValueOrDefault(shapeType);

    private static Dictionary<string, string> Harvest(ModuleViewsFeatureProvider views)
    {
        var paths = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

        foreach (var path in views.Paths)
        {
            // Only /Areas/Module/Views/Name.cshtml: the folders below contain the views of controllers.
            if (path.Split('/') is [_, "Areas", _, "Views", var file] && !file.StartsWith('_'))
            {
                paths[ShapeType(Path.GetFileNameWithoutExtension(file))] = path;
            }
        }

        return paths;
    }

    private static string ShapeType(string name)
    {
        var dot = name.LastIndexOf('.');

        if (dot <= 0 || dot < name.LastIndexOf('-'))
        {
            return Underscored(name);
        }

        var type = Underscored(name[..dot]);
        var displayType = "_" + name[(dot + 1)..];
        var dash = type.IndexOf("__", StringComparison.Ordinal);

        return dash <= 0 ? type + displayType : type.Insert(dash, displayType);
    }

    private static string Underscored(string name) => name.Replace("-", "__", StringComparison.Ordinal).Replace('.', '_');
}
