namespace OrchardCore.DisplayManagement;

public static class IShapeExtensions
{
    public static bool TryGetProperty<T>(this IShape shape, string key, out T? value)
    {
        if (shape.Properties.TryGetValue(key, out var found) && found is T typed)
        {
            value = typed;

            return true;
        }

        value = default;

        return false;
    }

    public static object? GetProperty(this IShape shape, string key) => shape.Properties.TryGetValue(key, out var value) ? value : null;

    public static T? GetProperty<T>(this IShape shape, string key) => shape.TryGetProperty<T>(key, out var value) ? value : default;

    public static T GetProperty<T>(this IShape shape, string key, T value) => shape.TryGetProperty<T>(key, out var found) ? found! : value;

    public static ValueTask<IShape> AddAsync(this IShape shape, object? item) => shape.AddAsync(item, "");

    public static bool HasItems(this IShape shape) => shape.Items.Count > 0;

    /// <summary>Returns true for null, and thus for a zone that doesn't exist.</summary>
    public static bool IsNullOrEmpty(this IShape? shape) => shape is null;
}
