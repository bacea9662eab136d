using Horilla.Modules.OutgoingMail.ServerTypes;
using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Configurations;

/// <summary>Maps configurations to their index.</summary>
public sealed class OutgoingMailConfigurationIndexProvider : IndexProvider<OutgoingMailConfiguration>
{
    /// <inheritdoc />
    public override void Describe(DescribeContext<OutgoingMailConfiguration> context)
        => context.For<OutgoingMailConfigurationIndex>().Map(configuration => new OutgoingMailConfigurationIndex
        {
            ConfigurationId = configuration.ConfigurationId,
            Title = configuration.Title.ToLowerInvariant(),
            Username = configuration.Username.ToLowerInvariant(),
            FromDomain = MailAddressParser.GetDomain(configuration.DefaultFrom),
            Type = configuration.Type,
            SearchText = SearchText(configuration),
            CreatedUtc = configuration.CreatedUtc,
        });

    private static string SearchText(OutgoingMailConfiguration configuration)
        => string.Join('\n', configuration.Username, configuration.Destination, configuration.SearchTerms, configuration.DisplayName, configuration.DefaultFrom)
            .ToLowerInvariant()
            .Truncate(OutgoingMailConfigurationIndex.SearchTextLength);
}
