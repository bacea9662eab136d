using System.Text.Json;
using System.Text.Json.Serialization;

namespace YesSql.Serialization;

/// <summary>Serializes objects as JSON with System.Text.Json. Dates are read and written as UTC, and enumerations are written by name.</summary>
public class DefaultContentSerializer(JsonSerializerOptions options) : IContentSerializer
{
    private readonly JsonSerializerOptions _options = options;

    public DefaultContentSerializer()
        : this(CreateOptions())
    {
    }

    public string Serialize(object item) => JsonSerializer.Serialize(item, item.GetType(), _options);

    public object? Deserialize(string content, Type type) => JsonSerializer.Deserialize(content, type, _options);

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions { AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip };
        options.Converters.Add(new UtcDateTimeJsonConverter());
        options.Converters.Add(new JsonStringEnumConverter());

        return options;
    }
}
