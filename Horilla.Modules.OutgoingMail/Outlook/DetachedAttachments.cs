using MimeKit;
using MimeKit.Cryptography;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// Detaches attachments from a message, so that the rest is small enough for one request. Disposing of the instance puts them
/// back in place. Parts of signed or encrypted content aren't detached.
/// </summary>
internal sealed class DetachedAttachments : IDisposable
{
    private readonly List<(Multipart Parent, int Index, MimeEntity Part)> _detached = [];

    private DetachedAttachments()
    {
    }

    /// <summary>The detached parts.</summary>
    public IEnumerable<MimeEntity> Parts => _detached.Select(detached => detached.Part);

    /// <summary>Detaches the largest attachments until the rest fits, or all of them.</summary>
    /// <param name="message">The message.</param>
    /// <param name="size">The size of the message, in bytes.</param>
    /// <param name="maxSize">The maximum size, in bytes.</param>
    public static DetachedAttachments Detach(MimeMessage message, long size, long maxSize)
    {
        var result = new DetachedAttachments();

        foreach (var (parent, part, bytes) in Find(message.Body).OrderByDescending(found => found.Bytes))
        {
            if (size <= maxSize)
            {
                break;
            }

            var index = parent.IndexOf(part);
            parent.RemoveAt(index);
            result._detached.Add((parent, index, part));
            size -= bytes;
        }

        return result;
    }

    public void Dispose()
    {
        foreach (var (parent, index, part) in Enumerable.Reverse(_detached))
        {
            parent.Insert(index, part);
        }
    }

    private static IEnumerable<(Multipart Parent, MimeEntity Part, long Bytes)> Find(MimeEntity? entity)
    {
        if (entity is not Multipart multipart || entity is MultipartSigned or MultipartEncrypted)
        {
            yield break;
        }

        foreach (var part in multipart)
        {
            if (part is Multipart)
            {
                foreach (var inner in Find(part))
                {
                    yield return inner;
                }
            }
            else if (part.IsAttachment || (part is not TextPart && part.ContentId is not null))
            {
                yield return (multipart, part, Measure(part));
            }
        }
    }

    private static long Measure(MimeEntity part)
    {
        using var measure = new MimeKit.IO.MeasuringStream();
        part.WriteTo(measure);

        return measure.Length;
    }
}
