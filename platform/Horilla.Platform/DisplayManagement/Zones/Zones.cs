using OrchardCore.DisplayManagement.Shapes;

namespace OrchardCore.DisplayManagement.Zones;

/// <summary>The zones of a shape by name. A zone doesn't exist until something is added to it.</summary>
public class Zones
{
    private readonly Dictionary<string, Shape> _zones = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The zone, or null if it doesn't exist.</summary>
    public IShape? this[string name] => _zones.GetValueOrDefault(name);

    /// <summary>Returns the zone, and creates it if it doesn't exist.</summary>
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
