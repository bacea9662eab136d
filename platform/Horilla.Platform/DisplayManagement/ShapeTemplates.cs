using Horilla.Platform.Mvc;

namespace Horilla.Platform.DisplayManagement;

/// <summary>
/// Which view shows which type of shape. The view <c>Slot-Alpha.Link.cshtml</c> in the folder Views of a module shows
/// the type <c>Slot_Link__Alpha</c>: dots become single underscores, dashes double ones, and the part after the last
/// dot, the display type, goes before the first dash.
/// </summary>
internal sealed class ShapeTemplates(ModuleViews views)
{
    private readonly Dictionary<string, string> _paths = Harvest(views);

    /// <summary>The path of the view, or null.</summary>
    public string? Find(string shapeType) => _paths.GetValueOrDefault(shapeType);

    private static Dictionary<string, string> Harvest(ModuleViews views)
    {
        var paths = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

        foreach (var path in views.Paths)
        {
            // /Areas/Module/Views/Name.cshtml, and nothing deeper: the folders below hold the views of controllers.
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
