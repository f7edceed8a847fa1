// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link.remote;

import org.taffrail.link.ConnectionOption;
import org.taffrail.link.ConnectionOptions;
import org.taffrail.link.ConnectionUrl;
import org.taffrail.link.TlsOptions;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;
import org.taffrail.wire.tls.KeyMaterial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The client's side of TLS as the options of a URL say. Files are read each time that a connection
 * is made, so that new certificates count from the next one on.
 */
final class TlsClient {
    private TlsClient() {}

    /**
     * Returns what connections are made with.
     *
     * @param url the broker's, with all options
     * @param given what the application has given; takes the place of the files
     * @return null where the URL asks for no TLS
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if a file can't be read, naming the
     *     option
     */
    static SSLContext context(ConnectionUrl url, SSLContext given) {
        if (!url.options().get(TlsOptions.TLS)) {
            return null;
        }
        if (given != null) {
            return given;
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(url.options()), trust(url.options()), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw invalid(TlsOptions.TLS, e);
        }
    }

    private static KeyManager[] keys(ConnectionOptions options) throws GeneralSecurityException {
        String password = options.get(TlsOptions.KEY_STORE_PASSWORD);
        KeyStore keys = read(options, TlsOptions.KEY_STORE, password);
        if (keys == null) {
            return null; // the client shows no certificate
        }
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password == null ? new char[0] : password.toCharArray());
        return factory.getKeyManagers();
    }

    private static TrustManager[] trust(ConnectionOptions options) throws GeneralSecurityException {
        String password = options.get(TlsOptions.TRUST_STORE_PASSWORD);
        KeyStore trusted = read(options, TlsOptions.TRUST_STORE, password);
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted); // null: whom the JVM trusts
        return factory.getTrustManagers();
    }

    private static KeyStore read(
            ConnectionOptions options, ConnectionOption<String> option, String password) {
        String file = options.get(option);
        if (file == null) {
            return null;
        }
        try {
            return KeyMaterial.parse(bytes(Path.of(file)), password);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw invalid(option, e);
        }
    }

    /** Reads a file, which must be of a size that is worth reading. */
    private static byte[] bytes(Path file) throws IOException {
        try {
            if (Files.size(file) > KeyMaterial.BYTES_MAX) {
                throw new IOException(file + " is larger than " + KeyMaterial.BYTES_MAX + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        }
    }

    private static WireException invalid(ConnectionOption<?> option, Exception cause) {
        WireException invalid =
                new WireException(
                        ErrorCode.INVALID_OPTION, "option " + option + ": " + cause.getMessage());
        invalid.initCause(cause);
        return invalid;
    }

    /**
     * Returns one connection's end.
     *
     * @throws WireException {@link ErrorCode#INVALID_OPTION} if this JVM has none of the protocols
     */
    static SSLEngine engine(SSLContext context, ConnectionUrl url) {
        ConnectionOptions options = url.options();
        SSLEngine engine = context.createSSLEngine(url.host(), url.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        if (options.get(TlsOptions.VERIFY_HOST)) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 2818: the host's name
        }
        parameters.setProtocols(KeyMaterial.protocols(options.get(TlsOptions.ENABLED_PROTOCOLS)));
        try {
            engine.setSSLParameters(parameters);
        } catch (IllegalArgumentException e) {
            throw invalid(TlsOptions.ENABLED_PROTOCOLS, e);
        }
        return engine;
    }
}
