// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli.doctor;

import static org.taffrail.broker.cli.doctor.Finding.Weight.NOTE;
import static org.taffrail.broker.cli.doctor.Finding.Weight.SEVERE;
import static org.taffrail.broker.cli.doctor.Finding.Weight.WARNING;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.config.ConfigKey;
import org.taffrail.broker.config.TlsKeys;
import org.taffrail.wire.tls.KeyMaterial;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Judges who can get at a broker: its address, its users, its keys and the files with them. */
public final class Exposure {
    private static final int DAYS_SOON = 30;
    private static final int DAYS_AT_ONCE = 7;

    private final BrokerConfig config;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * Makes one.
     *
     * @param config what the broker is told
     */
    public Exposure(BrokerConfig config) {
        this.config = config;
    }

    /**
     * Judges. Reads files.
     *
     * @param nowMs the time, ms since 1970
     * @return in the order in which it was found
     * @throws IOException if a file can't be looked at
     */
    public List<Finding> findings(long nowMs) throws IOException {
        lookAtAddress();
        for (ConfigKey<?> key : BrokerKeys.ALL) {
            if (key.isPath() && key != BrokerKeys.DATA && key != TlsKeys.TRUST_STORE) {
                lookAtFile(key);
            }
        }
        lookAtCertificate(nowMs);
        return findings;
    }

    private void lookAtAddress() {
        String host = config.get(BrokerKeys.HOST);
        try {
            if (InetAddress.getByName(host).isLoopbackAddress()) {
                return;
            }
        } catch (UnknownHostException e) {
            return; // that it can't be used is said by who tries to
        }
        if (config.admitsAnonymous()) {
            findings.add(
                    new Finding(
                            SEVERE,
                            "the port is open to the network (host="
                                    + host
                                    + ") and no user is asked for",
                            "whoever reaches it may read, send and delete everything",
                            "taffrail user add, security.usersFile, and tls.keyStore; or"
                                    + " host=127.0.0.1"));
        } else if (config.get(TlsKeys.KEY_STORE) == null) {
            findings.add(
                    new Finding(
                            WARNING,
                            "the port is open to the network (host="
                                    + host
                                    + ") and connections are not encrypted",
                            "passwords and messages can be read on their way",
                            "set tls.keyStore"));
        }
    }

    private void lookAtFile(ConfigKey<?> key) throws IOException {
        if (config.get(key) == null) {
            return;
        }
        String text = config.get(key).toString();
        if (!Files.exists(Path.of(text))) {
            return;
        }
        Path path = Path.of(text).toRealPath();
        if (Files.getFileAttributeView(path, PosixFileAttributeView.class) == null) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
            findings.add(
                    new Finding(
                            WARNING,
                            "everybody on this machine can read " + text + " (" + key + ")",
                            "with it they are the broker, or try passwords until one fits",
                            "chmod o= " + text));
        }
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            findings.add(
                    new Finding(
                            SEVERE,
                            "everybody on this machine can change " + text + " (" + key + ")",
                            "they can let themselves in",
                            "chmod o= " + text + ", and look at what is in it"));
        }
    }

    private void lookAtCertificate(long nowMs) throws IOException {
        String text = config.get(TlsKeys.KEY_STORE);
        if (text == null || !Files.isReadable(Path.of(text))) {
            return;
        }
        X509Certificate first;
        try {
            first = firstToEnd(KeyMaterial.parse(Files.readAllBytes(Path.of(text)), password()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return; // that it can't be used is said by who tries to
        }
        if (first == null) {
            return;
        }
        Instant end = first.getNotAfter().toInstant();
        long days = ChronoUnit.DAYS.between(Instant.ofEpochMilli(nowMs), end);
        boolean over = end.toEpochMilli() <= nowMs;
        if (over || days < DAYS_SOON) {
            findings.add(
                    new Finding(
                            over || days < DAYS_AT_ONCE ? SEVERE : WARNING,
                            "the certificate in "
                                    + text
                                    + (over ? " has expired on " : " expires on ")
                                    + end
                                    + (over ? "" : ", in " + days + " days"),
                            "clients refuse to connect from then on",
                            "put a new one in its place; the broker takes it within ten seconds,"
                                    + " without a restart"));
        } else {
            findings.add(
                    new Finding(
                            NOTE,
                            "the certificate in " + text + " is good until " + end,
                            "clients refuse to connect from then on",
                            "nothing yet"));
        }
    }

    private String password() throws IOException {
        String file = config.get(TlsKeys.KEY_STORE_PASSWORD_FILE);
        if (file == null) {
            return null;
        }
        List<String> lines = Files.readAllLines(Path.of(file), StandardCharsets.UTF_8);
        return lines.isEmpty() ? "" : lines.get(0);
    }

    private static X509Certificate firstToEnd(KeyStore store) throws GeneralSecurityException {
        X509Certificate first = null;
        for (String alias : Collections.list(store.aliases())) {
            Certificate[] chain = store.getCertificateChain(alias);
            for (Certificate each : chain == null ? new Certificate[0] : chain) {
                if (each instanceof X509Certificate found
                        && (first == null || found.getNotAfter().before(first.getNotAfter()))) {
                    first = found;
                }
            }
        }
        return first;
    }
}
