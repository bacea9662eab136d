using Horilla.Modules.OutgoingMail;
using MimeKit;
using ISession = YesSql.ISession;

namespace Horilla.TestHost.Examples;

public sealed class Orders(ISession session, IOutgoingMailOutbox outbox)
{
    public async Task<string> PlaceAsync(string customer, string article, CancellationToken cancellationToken)
    {
        await session.SaveAsync(new Order { Customer = customer, Article = article });

        using var message = new MimeMessage { Subject = "Your order", Body = new TextPart("plain") { Text = $"You ordered: {article}" } };
        message.To.Add(MailboxAddress.Parse(customer));

        // Stored with the order when the request commits the session. If it's rolled back, neither exists.
        return await outbox.EnqueueAsync(message, cancellationToken: cancellationToken);
    }
}

public sealed class Order
{
    public string Customer { get; set; } = "";

    public string Article { get; set; } = "";
}
