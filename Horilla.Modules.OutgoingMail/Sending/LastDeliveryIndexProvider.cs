using YesSql.Indexes;

namespace Horilla.Modules.OutgoingMail.Sending;

/// <summary>Maps <see cref="LastDelivery"/> to its index.</summary>
public sealed class LastDeliveryIndexProvider : IndexProvider<LastDelivery>
{
    /// <inheritdoc />
    public override void Describe(DescribeContext<LastDelivery> context)
        => context.For<LastDeliveryIndex>().Map(delivery => new LastDeliveryIndex
        {
            ConfigurationId = delivery.ConfigurationId,
            Status = delivery.Status.ToString(),
        });
}
