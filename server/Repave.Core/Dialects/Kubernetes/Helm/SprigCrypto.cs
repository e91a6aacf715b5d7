using System.Security.Cryptography;
using System.Text;
using Repave.Core.Syntax.GoTemplate;
using static Repave.Core.Dialects.Kubernetes.Helm.GoArguments;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Sprig's functions on secrets and sums. What is random in Helm is a word here that is always the same, so that two builds do not
/// differ by it, and that says what it stands for.</summary>
internal static class SprigCrypto
{
    /// <summary>What stands, as often as there is room for it, where Helm puts something random.</summary>
    public const string Placeholder = "PLACEHOLDER";

    private const string Uuid = "00000000-0000-4000-8000-000000000000";

    public static void AddTo(Dictionary<string, GoFunction> functions)
    {
        functions["sha1sum"] = new("s", (_, a) => Sum(a[0], SHA1.Create()));
        functions["sha256sum"] = new("s", (_, a) => Sum(a[0], SHA256.Create()));
        functions["sha512sum"] = new("s", (_, a) => Sum(a[0], SHA512.Create()));
        functions["adler32sum"] = new("s", (_, a) => new GoText(Adler(GoQuoting.BytesOf(StringOf(a[0]))), Traced(a[0]).Computed()));
        foreach (var name in new[] { "randAlphaNum", "randAlpha", "randAscii" })
            functions[name] = new("i", (_, a) => Random(Placeholder, Int(a[0])));
        functions["randNumeric"] = new("i", (_, a) => Random("0123456789", Int(a[0])));
        functions["randBytes"] = new("i", (_, a) => new GoText(Convert.ToBase64String(Encoding.ASCII.GetBytes(Random(Placeholder,
            Int(a[0])).Text))));
        functions["randInt"] = new("ii", (_, a) => Int(a[1]) > Int(a[0]) ? new GoInteger(Int(a[0]))
            : throw Error("invalid argument to Intn"));
        functions["shuffle"] = new("s", (_, a) => a[0]);
        functions["uuidv4"] = new("", (_, _) => new GoText(Uuid));
        functions["bcrypt"] = new("s", (_, _) => new GoText(Bcrypt));
        functions["htpasswd"] = new("ssh", (_, a) => Htpasswd(StringOf(a[0]), StringOf(a[1]), a.Length > 2 ? StringOf(a[2]) : "bcrypt"));
        functions["genPrivateKey"] = new("s", (_, a) => new GoText(Key(StringOf(a[0]))));
        functions["derivePassword"] = new("ussss", (_, a) => new GoText(SprigMasterPassword.Derive(
            (uint)((GoInteger)a[0]!).Value, StringOf(a[1]), StringOf(a[2]), StringOf(a[3]), StringOf(a[4]))));
        functions["buildCustomCert"] = new("ss", (_, a) => Certificate(Decode(StringOf(a[0])), Decode(StringOf(a[1]))));
        functions["genCA"] = new("si", (_, _) => Certificate());
        functions["genCAWithKey"] = new("sis", (_, a) => Certificate(CertificateText, StringOf(a[2])));
        functions["genSelfSignedCert"] = new("slli", (_, _) => Certificate());
        functions["genSelfSignedCertWithKey"] = new("sllis", (_, a) => Certificate(CertificateText, StringOf(a[4])));
        functions["genSignedCert"] = new("sllic", (_, _) => Certificate());
        functions["genSignedCertWithKey"] = new("sllics", (_, a) => Certificate(CertificateText, StringOf(a[5])));
        functions["encryptAES"] = new("ss", (_, a) => new GoText(Convert.ToBase64String(Encoding.ASCII.GetBytes(
            Random(Placeholder, 16 + ((StringOf(a[1]).Length / 16) + 1) * 16).Text))));
        functions["decryptAES"] = new("ss", (_, _) => new GoText(Placeholder));
    }

    private const string Bcrypt = "$2a$10$PLACEHOLDERPLACEHOLDERPLACEHOLDERPLACEHOLDERPLACEHOLD";

    private static string CertificateText { get; } = Pem("CERTIFICATE");

    private static GoText Random(string word, int count)
    {
        GoLimits.Check(count);
        var text = new StringBuilder(Math.Max(0, count));
        while (text.Length < count)
            text.Append(word, 0, Math.Min(word.Length, count - text.Length));
        return new GoText(text.ToString());
    }

    private static GoText Sum(GoValue? value, HashAlgorithm algorithm)
    {
        using (algorithm)
        {
            var hash = algorithm.ComputeHash(GoQuoting.BytesOf(StringOf(value)));
            var text = new StringBuilder(hash.Length * 2);
            foreach (var b in hash)
                text.Append(b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
            return new GoText(text.ToString(), Traced(value).Computed());
        }
    }

    private static string Adler(byte[] bytes)
    {
        uint a = 1, b = 0;
        foreach (var value in bytes)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        return ((b << 16) | a).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static GoText Htpasswd(string user, string password, string algorithm)
    {
        if (user.Contains(':'))
            return new GoText($"invalid username: {user}");
        if (algorithm == "sha")
        {
            using var sha = SHA1.Create();
            return new GoText($"{user}:{{SHA}}{Convert.ToBase64String(sha.ComputeHash(GoQuoting.BytesOf(password)))}");
        }

        return new GoText($"{user}:{Bcrypt}");
    }

    private static string Key(string type) => type switch
    {
        "" or "rsa" => Pem("RSA PRIVATE KEY"),
        "dsa" => Pem("DSA PRIVATE KEY"),
        "ecdsa" => Pem("EC PRIVATE KEY"),
        "ed25519" => Pem("PRIVATE KEY"),
        _ => "Unknown type " + type,
    };

    private static string Pem(string what) =>
        $"-----BEGIN {what}-----\n{Convert.ToBase64String(Encoding.ASCII.GetBytes(Placeholder + " " + what))}\n-----END {what}-----\n";

    private static string Decode(string text)
    {
        try
        {
            return GoQuoting.TextOf(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            throw Error("unable to decode base64 certificate");
        }
    }

    private static GoObject Certificate(string? certificate = null, string? key = null)
    {
        var made = new GoObject("sprig.certificate");
        made.Fields["Cert"] = new GoText(certificate ?? CertificateText);
        made.Fields["Key"] = new GoText(key ?? Pem("RSA PRIVATE KEY"));
        return made;
    }
}
