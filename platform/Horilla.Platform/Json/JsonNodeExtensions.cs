namespace System.Text.Json.Nodes;

public static class JsonNodeExtensions
{
    private static readonly JsonSerializerOptions CaseInsensitive = new(JsonSerializerDefaults.Web);

    /// <summary>The node as an object; names of properties match without regard to case.</summary>
    public static T? ToObject<T>(this JsonNode? jsonNode, JsonSerializerOptions? options = null) => jsonNode.Deserialize<T>(options ?? CaseInsensitive);
}
