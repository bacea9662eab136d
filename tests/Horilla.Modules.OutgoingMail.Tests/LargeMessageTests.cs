using Horilla.Testing;
using MimeKit;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>Attachments of any size are streamed to the server.</summary>
[Collection(SiteCollection.Name)]
public sealed class LargeMessageTests(SiteFixture site)
{
    private const int Bytes = 32 * 1024 * 1024;

    [Theory]
    [InlineData("ByService")]
    [InlineData("ByEmail")]
    public async Task Memory_does_not_grow_with_the_size_of_an_attachment(string way)
    {
        using var admin = await site.SignInAsAdminAsync();
        var id = await MailServerPages.CreateAsync(admin, ("Port", MailServerPages.Invariant(site.Exim.StartTlsPort)), ("TimeoutSeconds", "120"), ("IsPrimary", "true"));
        var subject = $"Large {Guid.NewGuid():N}";
        var answer = await SendServiceClient.PostAsync(admin, $"Large/{way}", new Dictionary<string, string> { ["configurationId"] = id, ["subject"] = subject, ["bytes"] = MailServerPages.Invariant(Bytes) });

        Assert.True((bool)answer["sent"]!);

        // Each read of the stream allocates a little. Buffering the attachment would allocate all of its bytes.
        Assert.InRange((long)answer["allocated"]!, 0, Bytes / 3);
        var content = await ReceivedAsync(subject);
        Assert.Equal(Bytes, content.Length);
        Assert.True(content.Index().All(place => place.Item == (byte)(place.Index % 251)));
    }

    /// <summary>Returns the attachment once Exim has written all of it. A large message becomes visible before that.</summary>
    private async Task<byte[]> ReceivedAsync(string subject)
    {
        for (var attempt = 0; ; attempt++)
        {
            using var content = new MemoryStream();

            if ((await ReceivedMessage.WaitAsync(site.Exim.ReceivedFolder, subject)).Message.BodyParts.OfType<MimePart>().SingleOrDefault(part => part.FileName == "large.bin") is { Content: { } attachment })
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
