namespace System.Text.Json.Nodes;

public static class JsonNodeExtensions
{
    private static readonly JsonSerializerOptions CaseInsensitive = new(JsonSerializerDefaults.Web);

    /// <summary>Deserializes the node. Without options, property names are case-insensitive.</summary>
    public static T? ToObject<T>(this JsonNode? jsonNode, JsonSerializerOptions? options = null) => jsonNode.Deserialize<T>(options ?? CaseInsensitive);
}
