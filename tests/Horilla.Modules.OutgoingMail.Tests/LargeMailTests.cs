using Horilla.Testing;
using MimeKit;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>An attachment goes from its stream to the server, however large it is.</summary>
[Collection(SiteCollection.Name)]
public sealed class LargeMailTests(Site site)
{
    private const int Bytes = 32 * 1024 * 1024;

    [Theory]
    [InlineData("ByService")]
    [InlineData("ByEmail")]
    public async Task Memory_does_not_grow_with_an_attachment(string way)
    {
        using var admin = await site.AdminAsync();
        var id = await Servers.CreateAsync(admin, ("Port", Servers.Text(site.Exim.StartTlsPort)), ("TimeoutSeconds", "120"), ("IsPrimary", "true"));
        var subject = $"Large {Guid.NewGuid():N}";
        var answer = await Mails.PostAsync(admin, $"Large/{way}", new Dictionary<string, string> { ["configurationId"] = id, ["subject"] = subject, ["bytes"] = Servers.Text(Bytes) });

        Assert.True((bool)answer["sent"]!);

        // Each read of a stream costs a little that is gone at once; the attachment as a whole would cost all of its bytes.
        Assert.InRange((long)answer["allocated"]!, 0, Bytes / 3);
        var content = await ReceivedAsync(subject);
        Assert.Equal(Bytes, content.Length);
        Assert.True(content.Index().All(place => place.Item == (byte)(place.Index % 251)));
    }

    /// <summary>The attachment, once Exim has written all of it: a large mail is seen before that.</summary>
    private async Task<byte[]> ReceivedAsync(string subject)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var content = new MemoryStream();

            if ((await ReceivedMail.WaitAsync(site.Exim.Outbox, subject)).Message.BodyParts.OfType<MimePart>().SingleOrDefault(part => part.FileName == "large.bin") is { Content: { } attachment })
            {
                await attachment.DecodeToAsync(content);
            }

            if (content.Length >= Bytes || attempt == 100)
            {
                return content.ToArray();
            }

            await Task.Delay(100);
        }
    }
}
