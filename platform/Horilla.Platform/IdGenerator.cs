using System.Security.Cryptography;

namespace OrchardCore;

public static class IdGenerator
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Returns a random id of 26 characters: lowercase letters and digits, without those that look alike.</summary>
    public static string GenerateId()
    {
        Span<byte> random = stackalloc byte[26];
        RandomNumberGenerator.Fill(random);

        Span<char> id = stackalloc char[26];

        for (var i = 0; i < id.Length; i++)
        {
            id[i] = Alphabet[random[i] & 31];
        }

        return new string(id);
    }
}
