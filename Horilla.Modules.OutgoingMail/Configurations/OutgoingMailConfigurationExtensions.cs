using System.Text.Json;
using System.Text.Json.Nodes;
using Horilla.Modules.OutgoingMail.ServerTypes;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>Copies and compares what users enter in a configuration.</summary>
internal static class OutgoingMailConfigurationExtensions
{
    /// <summary>Returns a deep copy.</summary>
    public static OutgoingMailConfiguration Copy(this OutgoingMailConfiguration configuration)
        => JsonSerializer.Deserialize<OutgoingMailConfiguration>(JsonSerializer.Serialize(configuration))!;

    /// <summary>Whether two configurations have the same settings. Secrets can't be compared, because each encryption gives a different payload.</summary>
    public static bool HasSameSettings(this OutgoingMailConfiguration one, OutgoingMailConfiguration other) => Serialize(one) == Serialize(other);

    private static string Serialize(OutgoingMailConfiguration configuration)
    {
        var properties = configuration.Properties.DeepClone().AsObject();

        foreach (var settings in properties.Select(property => property.Value).OfType<JsonObject>())
        {
            foreach (var secret in settings.Select(setting => setting.Key).Where(key => key.StartsWith("Protected", StringComparison.Ordinal)).ToArray())
            {
                settings.Remove(secret);
            }
        }

        return JsonSerializer.Serialize(new
        {
            configuration.Type,
            configuration.Username,
            configuration.DefaultFrom,
            configuration.DisplayName,
            configuration.UseDynamicDisplayName,
            configuration.AllowsOtherSenders,
            configuration.FailSilently,
            configuration.TimeoutSeconds,
            properties,
        });
    }
}
