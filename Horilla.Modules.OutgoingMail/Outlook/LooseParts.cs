using MimeKit;
using MimeKit.Cryptography;

namespace Horilla.Modules.OutgoingMail.Outlook;

/// <summary>
/// Takes attachments out of a message, so that the rest of it is small enough for one request, and puts them back where
/// they were. What belongs to a signature stays.
/// </summary>
internal sealed class LooseParts : IDisposable
{
    private readonly List<(Multipart Parent, int Index, MimeEntity Part)> _taken = [];

    private LooseParts()
    {
    }

    /// <summary>What was taken out.</summary>
    public IEnumerable<MimeEntity> Parts => _taken.Select(taken => taken.Part);

    /// <summary>Takes out the largest ones, until what is left has room; or all there are.</summary>
    /// <param name="message">The message.</param>
    /// <param name="size">How many bytes it has.</param>
    /// <param name="room">How many it may have.</param>
    public static LooseParts Take(MimeMessage message, long size, long room)
    {
        var loose = new LooseParts();

        foreach (var (parent, part, bytes) in Find(message.Body).OrderByDescending(found => found.Bytes))
        {
            if (size <= room)
            {
                break;
            }

            var index = parent.IndexOf(part);
            parent.RemoveAt(index);
            loose._taken.Add((parent, index, part));
            size -= bytes;
        }

        return loose;
    }

    public void Dispose()
    {
        foreach (var (parent, index, part) in Enumerable.Reverse(_taken))
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
