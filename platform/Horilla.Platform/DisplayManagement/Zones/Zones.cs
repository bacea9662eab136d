using OrchardCore.DisplayManagement.Shapes;

namespace OrchardCore.DisplayManagement.Zones;

/// <summary>The zones of a shape by name. One that nothing was added to is not there.</summary>
public class Zones
{
    private readonly Dictionary<string, Shape> _zones = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A zone, or null.</summary>
    public IShape? this[string name] => _zones.GetValueOrDefault(name);

    /// <summary>A zone, made now if it is not there.</summary>
    internal IShape GetOrCreate(string name)
    {
        if (!_zones.TryGetValue(name, out var zone))
        {
            zone = new Shape();
            zone.Metadata.Type = ZoneRenderer.ShapeType;
            zone.Metadata.Name = name;
            _zones.Add(name, zone);
        }

        return zone;
    }
}
