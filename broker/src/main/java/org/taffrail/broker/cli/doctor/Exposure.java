// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli.doctor;

import static org.taffrail.broker.cli.doctor.Finding.Weight.NOTE;
import static org.taffrail.broker.cli.doctor.Finding.Weight.SEVERE;
import static org.taffrail.broker.cli.doctor.Finding.Weight.WARNING;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.config.ConfigKey;
import org.taffrail.broker.config.HttpKeys;
import org.taffrail.broker.config.SecurityKeys;
import org.taffrail.broker.config.TlsKeys;
import org.taffrail.broker.server.NetworkDoor;
import org.taffrail.wire.tls.KeyMaterial;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
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
        lookAtAddress(BrokerKeys.HOST, "the port");
        if (config.get(HttpKeys.PORT) >= 0) {
            lookAtAddress(HttpKeys.HOST, "the HTTP port");
        }
        for (ConfigKey<?> key : BrokerKeys.ALL) {
            if (key.isPath() && key != BrokerKeys.DATA) {
                lookAtFile(key);
            }
        }
        lookAtCertificate(nowMs);
        return findings;
    }

    /** Judges a port as the start does that opens it. */
    private void lookAtAddress(ConfigKey<String> key, String port) {
        String host = config.get(key);
        // what is not known can't be listened on: that is said by who tries to
        List<String> risks = NetworkDoor.risks(config, new InetSocketAddress(host, 0));
        String open = port + " is open to the network (" + key + "=" + host + ") and ";
        if (risks.contains(SecurityKeys.STRANGERS)) {
            findings.add(
                    new Finding(
                            weight(SecurityKeys.STRANGERS, SEVERE),
                            open + "no user is asked for",
                            "whoever reaches it may read, send and delete everything",
                            "taffrail user add, security.usersFile, and tls.keyStore; or "
                                    + key
                                    + "=127.0.0.1"));
        } else if (risks.contains(SecurityKeys.CLEARTEXT)) {
            findings.add(
                    new Finding(
                            weight(SecurityKeys.CLEARTEXT, WARNING),
                            open + "connections are not encrypted",
                            "passwords and messages can be read on their way",
                            "set tls.keyStore"));
        }
    }

    /** A risk that was taken by name is worth a note. */
    private Finding.Weight weight(String risk, Finding.Weight untaken) {
        return config.takesRisk(risk) ? NOTE : untaken;
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
        PosixFileAttributes found = Files.readAttributes(path, PosixFileAttributes.class);
        Set<PosixFilePermission> permissions = found.permissions();
        lookWhoReads(key, text, found);
        if (key == TlsKeys.TRUST_STORE) {
            return; // certificates are no secret
        }
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

    /** The broker runs as who owns its folder; who makes files for it is often root. */
    private void lookWhoReads(ConfigKey<?> key, String text, PosixFileAttributes file)
            throws IOException {
        String data = config.get(BrokerKeys.DATA);
        if (data == null || !Files.isDirectory(Path.of(data))) {
            return;
        }
        PosixFileAttributes folder = Files.readAttributes(Path.of(data), PosixFileAttributes.class);
        Set<PosixFilePermission> permissions = file.permissions();
        boolean readable =
                file.owner().equals(folder.owner())
                        || folder.owner().getName().equals("root")
                        || permissions.contains(PosixFilePermission.OTHERS_READ)
                        || permissions.contains(PosixFilePermission.GROUP_READ)
                                && !file.group().getName().equals("root");
        if (!readable) {
            findings.add(
                    new Finding(
                            SEVERE,
                            folder.owner().getName()
                                    + ", who owns the data folder, can't read "
                                    + text
                                    + " ("
                                    + key
                                    + ")",
                            "a broker that runs as " + folder.owner().getName() + " does not start",
                            "chgrp "
                                    + folder.group().getName()
                                    + ' '
                                    + text
                                    + " && chmod g+r "
                                    + text));
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
