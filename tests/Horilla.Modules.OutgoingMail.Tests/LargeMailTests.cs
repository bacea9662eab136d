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
        Assert.InRange((long)answer["allocated"]!, 0, Bytes / 8);
        var attachment = (MimePart)(await ReceivedMail.WaitAsync(site.Exim.Outbox, subject)).Message.BodyParts.Single(part => part is MimePart { FileName: "large.bin" });
        using var content = new MemoryStream();
        await attachment.Content!.DecodeToAsync(content);
        Assert.Equal(Bytes, content.Length);
        Assert.True(content.ToArray().Index().All(place => place.Item == (byte)(place.Index % 251)));
    }
}
