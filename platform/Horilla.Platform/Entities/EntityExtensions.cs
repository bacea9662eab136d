#nullable disable // As in OrchardCore, so that overrides choose their own nullability.

using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrchardCore.Entities;

public static class EntityExtensions
{
    private static readonly JsonSerializerOptions Options = CreateOptions();

    extension(IEntity entity)
    {
        /// <summary>Returns the aspect, or a new one that isn't stored.</summary>
        public T GetOrCreate<T>()
            where T : new()
            => entity.GetOrCreate<T>(typeof(T).Name);

        /// <summary>Returns the aspect with this name, or a new one that isn't stored.</summary>
        public T GetOrCreate<T>(string name)
            where T : new()
            => entity.TryGet<T>(name, out var aspect) ? aspect! : new T();

        /// <summary>Stores the aspect and replaces an existing one.</summary>
        public IEntity Put<T>(T aspect)
            where T : new()
            => entity.Put(typeof(T).Name, aspect!);

        /// <summary>Changes the aspect and stores it. It is created if it doesn't exist.</summary>
        public IEntity Alter<TAspect>(Action<TAspect> action)
            where TAspect : new()
        {
            var aspect = entity.GetOrCreate<TAspect>();
            action(aspect);

            return entity.Put(aspect);
        }
    }

    public static bool Has<T>(this IEntity entity) => entity.Has(typeof(T).Name);

    public static bool Has(this IEntity entity, string name) => entity.Properties.ContainsKey(name);

    public static bool TryGet<T>(this IEntity entity, out T aspect) => entity.TryGet(typeof(T).Name, out aspect);

    public static bool TryGet<T>(this IEntity entity, string name, out T aspect)
    {
        if (entity.Properties.TryGetPropertyValue(name, out var node) && node is not null)
        {
            aspect = node.Deserialize<T>(Options);

            return aspect is not null;
        }

        aspect = default;

        return false;
    }

    public static IEntity Put(this IEntity entity, string name, object value)
    {
        entity.Properties[name] = JsonSerializer.SerializeToNode(value, value.GetType(), Options);

        return entity;
    }

    public static bool Remove<T>(this IEntity entity) => entity.Properties.Remove(typeof(T).Name);

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions();
        options.Converters.Add(new YesSql.Serialization.UtcDateTimeJsonConverter());
        options.Converters.Add(new JsonStringEnumConverter());
        options.MakeReadOnly(populateMissingResolver: true);

        return options;
    }
}
