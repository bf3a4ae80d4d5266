using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Consortium.Api.Certificates;

namespace Consortium.Silo.Membership;

/// <summary>This process's member certificate with its key, as their files have them.</summary>
/// <remarks>A file that is replaced is taken over by <see cref="TryRefresh"/>, for connections made from then on. May be used by any number of threads; one at a time refreshes.</remarks>
internal sealed class OwnCertificate : IDisposable
{
    private readonly string _certificatePath;
    private readonly string _keyPath;
    private readonly Action<X509Certificate2> _require;
    private readonly Stack<X509Certificate2> _before = new();
    private volatile X509Certificate2 _current;
    private byte[] _seen;
    private string? _refused;

    /// <summary>Reads the certificate.</summary>
    /// <param name="certificatePath">A PEM file with the certificate.</param>
    /// <param name="keyPath">A PEM file with its key.</param>
    /// <param name="require">Throws <see cref="MemberCertificateException"/> when other silos would not let it in.</param>
    /// <exception cref="MemberCertificateException">It cannot be read, or would not be let in.</exception>
    public OwnCertificate(string certificatePath, string keyPath, Action<X509Certificate2> require)
    {
        (_certificatePath, _keyPath, _require) = (certificatePath, keyPath, require);
        _seen = Look();
        _current = Load();
    }

    /// <summary>The certificate that new connections use; good until this is disposed, also when another has taken its place.</summary>
    public X509Certificate2 Current => _current;

    /// <summary>Its last moment, UTC.</summary>
    public DateTimeOffset Expires => new(_current.NotAfter);

    /// <summary>Reads the certificate's files again, and uses a renewed certificate for new connections.</summary>
    /// <param name="fault">Why a changed certificate is not used; reported once, until the reason or the content of the files changes.</param>
    /// <returns>Whether another certificate is used from now on.</returns>
    public bool TryRefresh(out MemberCertificateException? fault)
    {
        fault = null;
        var now = Look();
        var isSeen = now.AsSpan().SequenceEqual(_seen);
        if (isSeen && _refused is null)
        {
            return false;
        }

        // Files that were refused are tried again as they are: their rights or the clock may have been what was wrong.
        _seen = now;
        try
        {
            var next = Load();
            if (next.Thumbprint == _current.Thumbprint)
            {
                // The files hold the certificate in use again, as they do when a wrong one was taken back.
                next.Dispose();
                _refused = null;
                return false;
            }

            _before.Push(_current);
            (_current, _refused) = (next, null);
            return true;
        }
        catch (MemberCertificateException exception)
        {
            fault = isSeen && exception.Message == _refused ? null : exception;
            _refused = exception.Message;
            return false;
        }
    }

    /// <summary>Releases the certificate; to be called when no connection is made any more.</summary>
    public void Dispose()
    {
        _current.Dispose();
        while (_before.TryPop(out var certificate))
        {
            certificate.Dispose();
        }
    }

    private X509Certificate2 Load()
    {
        var certificate = MemberCertificateFile.Load(_certificatePath, _keyPath);
        try
        {
            _require(certificate);
            return certificate;
        }
        catch
        {
            certificate.Dispose();
            throw;
        }
    }

    // Content, not times: a mounted secret is a link that is turned to another folder.
    private byte[] Look()
    {
        try
        {
            return [.. SHA256.HashData(File.ReadAllBytes(_certificatePath)), .. SHA256.HashData(File.ReadAllBytes(_keyPath))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Loading the certificate reports why its file cannot be read.
            return [];
        }
    }
}
