// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A key with a certificate that signs itself, made by the JDK's keytool. Tests that ask for the
 * same get the same, which saves seconds; who asks again in its own folder gets another.
 */
final class TestKeys {
    static final String PASSWORD = "changeit";

    private static final Map<List<String>, byte[]> MADE = new ConcurrentHashMap<>();

    private final Path folder;
    private final String name;

    private TestKeys(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    /** Makes one whose certificate names these: {@code dns:localhost,ip:127.0.0.1}. */
    static TestKeys make(Path folder, String name, String names, String algorithm)
            throws IOException, InterruptedException {
        TestKeys keys = new TestKeys(folder, name);
        List<String> asked = List.of(name, names, algorithm);
        byte[] made = Files.exists(keys.store()) ? null : MADE.get(asked);
        if (made != null) {
            Files.write(keys.store(), made);
            return keys;
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-alias", "key", "-keyalg", algorithm));
        command.addAll(List.of("-dname", "CN=" + name, "-validity", "2"));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-ext", "san=" + names));
        command.addAll(List.of("-keystore", keys.store().toString()));
        Files.deleteIfExists(keys.store());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
        MADE.put(asked, Files.readAllBytes(keys.store()));
        return keys;
    }

    /** The key store. */
    Path store() {
        return folder.resolve(name + ".p12");
    }

    Path passwordFile() throws IOException {
        return Files.writeString(folder.resolve(name + ".password"), PASSWORD + "\n");
    }

    /** The certificate alone, as PEM. */
    Path certificate() throws IOException, GeneralSecurityException {
        return Files.writeString(folder.resolve(name + ".crt.pem"), pem(certificateBytes()));
    }

    /** Key and certificate as PEM. */
    Path pem() throws IOException, GeneralSecurityException {
        String key =
                block("PRIVATE KEY", load().getKey("key", PASSWORD.toCharArray()).getEncoded());
        return Files.writeString(folder.resolve(name + ".pem"), key + pem(certificateBytes()));
    }

    private byte[] certificateBytes() throws IOException, GeneralSecurityException {
        return load().getCertificate("key").getEncoded();
    }

    private KeyStore load() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store().toFile(), PASSWORD.toCharArray());
    }

    private static String pem(byte[] certificate) {
        return block("CERTIFICATE", certificate);
    }

    private static String block(String kind, byte[] content) {
        String text =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content);
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }
}
