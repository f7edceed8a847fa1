// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.wire.tls.KeyMaterial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * The broker's side of TLS: keys and trust as they stand in files, read again when a file is
 * another than before. A new file that can't be used is logged once and the old one kept:
 * connections go on being made. {@link #engine} is for the broker's thread and does not block;
 * {@link #refresh} does.
 */
public final class TlsKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(TlsKeeper.class);

    private final Sources files;
    private final Demand demand;
    private final String[] protocols;
    private volatile SSLContext context;
    private List<FileTime> read;

    /** What is asked of clients. */
    public enum Demand {
        /** No certificate. */
        NONE,
        /** One, if they have any. */
        WANTED,
        /** One that is trusted. */
        REQUIRED
    }

    /**
     * Where things stand.
     *
     * @param keyStore key and certificate
     * @param keyPassword the file with its password, or null
     * @param trustStore who may have signed clients' certificates; null: whom the JVM trusts
     * @param trustPassword the file with its password, or null
     */
    public record Sources(Path keyStore, Path keyPassword, Path trustStore, Path trustPassword) {
        private List<Path> all() {
            List<Path> all = new ArrayList<>();
            for (Path each : new Path[] {keyStore, keyPassword, trustStore, trustPassword}) {
                if (each != null) {
                    all.add(each);
                }
            }
            return all;
        }
    }

    private TlsKeeper(Sources files, Demand demand, String[] protocols) {
        this.files = Objects.requireNonNull(files);
        this.demand = demand;
        this.protocols = protocols.clone();
    }

    /**
     * Reads the files for the first time. Blocks.
     *
     * @param files where they are
     * @param demand what is asked of clients
     * @param protocols which versions are spoken, with commas between them
     * @return ready for connections
     * @throws IOException if a file can't be read or used, saying which
     */
    public static TlsKeeper open(Sources files, Demand demand, String protocols)
            throws IOException {
        TlsKeeper keeper = new TlsKeeper(files, demand, KeyMaterial.protocols(protocols));
        keeper.read = keeper.stamps();
        keeper.context = keeper.load();
        try {
            keeper.engine();
        } catch (IllegalArgumentException e) {
            throw new IOException(protocols + ": " + e.getMessage(), e);
        }
        return keeper;
    }

    /** Reads the files again if one is another than before. Blocks; one thread at a time. */
    public void refresh() {
        try {
            List<FileTime> now = stamps();
            if (now.equals(read)) {
                return;
            }
            read = now;
            context = load();
            LOG.info("event=tls_files_read files={}", files.all());
        } catch (IOException e) {
            LOG.error(
                    "event=tls_files_refused reason=\"{}\" kept=\"those read before\"",
                    e.getMessage());
        }
    }

    private List<FileTime> stamps() throws IOException {
        List<FileTime> stamps = new ArrayList<>();
        for (Path file : files.all()) {
            stamps.add(
                    Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0));
        }
        return stamps;
    }

    private SSLContext load() throws IOException {
        try {
            String password = firstLine(files.keyPassword());
            KeyStore keys = read(files.keyStore(), password);
            KeyManagerFactory own =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, password == null ? new char[0] : password.toCharArray());
            requireKey(keys);
            TrustManagerFactory trusted =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(
                    files.trustStore() == null
                            ? null
                            : read(files.trustStore(), firstLine(files.trustPassword())));
            SSLContext loaded = SSLContext.getInstance("TLS");
            loaded.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
            return loaded;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(files.all() + ": " + e.getMessage(), e);
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
        } catch (AccessDeniedException e) {
            throw new IOException(Unreadable.why(e), e);
        }
    }

    private static KeyStore read(Path file, String password)
            throws IOException, GeneralSecurityException {
        byte[] bytes = bytes(file);
        try {
            return KeyMaterial.parse(bytes, password);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private void requireKey(KeyStore keys) throws IOException, GeneralSecurityException {
        var aliases = keys.aliases();
        while (aliases.hasMoreElements()) {
            if (keys.isKeyEntry(aliases.nextElement())) {
                return;
            }
        }
        throw new IOException(files.keyStore() + " holds no private key");
    }

    private static String firstLine(Path file) throws IOException {
        if (file == null) {
            return null;
        }
        try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.findFirst().orElse("");
        }
    }

    /**
     * Makes one connection's end.
     *
     * @return a server's, which has not begun yet
     */
    public SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(protocols);
        parameters.setUseCipherSuitesOrder(true);
        switch (demand) {
            case REQUIRED -> parameters.setNeedClientAuth(true);
            case WANTED -> parameters.setWantClientAuth(true);
            case NONE -> parameters.setNeedClientAuth(false);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }
}
