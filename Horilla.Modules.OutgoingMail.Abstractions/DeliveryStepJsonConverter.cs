using System.Text.Json;
using System.Text.Json.Serialization;

namespace Horilla.Modules.OutgoingMail;

/// <summary>Writes a step as the options say, by number or by name. Reads both, and the names of earlier versions.</summary>
internal sealed class DeliveryStepJsonConverter : JsonConverter<DeliveryStep>
{
    /// <inheritdoc />
    public override DeliveryStep Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => reader.TokenType == JsonTokenType.Number ? (DeliveryStep)reader.GetInt32() : reader.GetString() switch
        {
            "LookUp" => DeliveryStep.DnsLookup,
            "Content" => DeliveryStep.Data,
            var name => Enum.TryParse<DeliveryStep>(name, out var step) ? step : throw new JsonException($"'{name}' isn't a step of a delivery."),
        };

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, DeliveryStep value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, options);
}
