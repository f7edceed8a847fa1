// SPDX-License-Identifier: Apache-2.0
package org.taffrail.wire.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file with certificates holds, and perhaps the key of the first of them: a key store of the
 * JDK's kinds (PKCS #12, JKS), or PEM (RFC 7468), where certificates stand one after the other, the
 * key's own first, and the key, unencrypted in PKCS #8, anywhere among them. Stateless.
 */
public final class KeyMaterial {
    /** The largest file that is worth reading. */
    public static final int BYTES_MAX = 16 << 20;

    private static final String BEGIN = "-----BEGIN ";
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String KEY = "PRIVATE KEY";

    private KeyMaterial() {}

    /**
     * Reads a file's content.
     *
     * @param content all of it
     * @param password of a key store and the keys in it; null where it has none, and for PEM
     * @return what is in it: in PEM, each certificate to be trusted, or the key with its chain
     * @throws IOException if it is of no known kind, or the password is wrong
     * @throws GeneralSecurityException if what is in it can't be understood
     */
    public static KeyStore parse(byte[] content, String password)
            throws IOException, GeneralSecurityException {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (text.contains(BEGIN)) {
            return pem(text, password);
        }
        // PKCS #12 is what the JDK's PKCS12 reads, JKS besides (keystore.type.compat)
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(
                    new ByteArrayInputStream(content),
                    password == null ? null : password.toCharArray());
        } catch (IOException e) {
            throw new IOException(
                    "it is no PEM, and no key store that this password opens: " + e, e);
        }
        return store;
    }

    private static KeyStore pem(String text, String password)
            throws IOException, GeneralSecurityException {
        List<Certificate> chain = new ArrayList<>();
        PrivateKey key = null;
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            byte[] content = Base64.getMimeDecoder().decode(blocks.group(2));
            switch (blocks.group(1)) {
                case CERTIFICATE -> chain.add(certificate(content));
                case KEY -> key = key(content);
                default ->
                        throw new IOException(
                                "it holds a "
                                        + blocks.group(1)
                                        + ", which is not read; write keys with openssl pkcs8"
                                        + " -topk8 -nocrypt");
            }
        }
        if (chain.isEmpty()) {
            throw new IOException("it holds no certificate");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        if (key == null) {
            for (int i = 0; i < chain.size(); i++) {
                store.setCertificateEntry(Integer.toString(i), chain.get(i));
            }
        } else {
            char[] secret = password == null ? new char[0] : password.toCharArray();
            store.setKeyEntry("key", key, secret, chain.toArray(Certificate[]::new));
        }
        return store;
    }

    private static Certificate certificate(byte[] content) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(content));
    }

    /** PKCS #8 names the algorithm, but the JDK asks for it first. */
    private static PrivateKey key(byte[] content) throws GeneralSecurityException {
        for (String algorithm : new String[] {"EC", "RSA", "EdDSA", "RSASSA-PSS"}) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(content));
            } catch (InvalidKeySpecException e) {
                continue; // a key of another algorithm
            }
        }
        throw new InvalidKeySpecException("it holds a key that is neither RSA nor EC nor Ed");
    }

    /**
     * Takes a list of protocols apart.
     *
     * @param list names as the JDK has them, with commas between them
     * @return the names
     */
    public static String[] protocols(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toArray(String[]::new);
    }
}
