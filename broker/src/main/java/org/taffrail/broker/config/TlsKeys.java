// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import static org.taffrail.broker.config.ConfigKey.named;

import java.util.List;

/** The keys that say how connections are encrypted. */
public final class TlsKeys {
    /** Clients show no certificate. */
    public static final String NONE = "none";

    /** Clients may show a certificate. */
    public static final String WANTED = "wanted";

    /** Clients must show a certificate. */
    public static final String REQUIRED = "required";

    /** The broker's key and certificate. */
    public static final ConfigKey<String> KEY_STORE =
            named("tls.keyStore")
                    .onlyServer()
                    .does(
                            "The file with the broker's key and certificate: PEM with the chain and"
                                    + " an unencrypted key, or a key store (PKCS #12, JKS). With it"
                                    + " the port speaks TLS and nothing else, and clients write"
                                    + " taffrails://. The file is looked at every ten seconds, and a"
                                    + " new one counts for the next connection.")
                    .from(1, 4096)
                    .text(null);

    /** Where its password stands. */
    public static final ConfigKey<String> KEY_STORE_PASSWORD_FILE =
            named("tls.keyStorePasswordFile")
                    .onlyServer()
                    .does(
                            "The file whose first line is the password of tls.keyStore and of the key"
                                    + " in it.")
                    .from(1, 4096)
                    .text(null);

    /** Whose certificates of clients are trusted. */
    public static final ConfigKey<String> TRUST_STORE =
            named("tls.trustStore")
                    .onlyServer()
                    .does(
                            "The file with the certificates of those who may have signed a client's:"
                                    + " PEM or a key store.")
                    .from(1, 4096)
                    .text(null);

    /** Where its password stands. */
    public static final ConfigKey<String> TRUST_STORE_PASSWORD_FILE =
            named("tls.trustStorePasswordFile")
                    .onlyServer()
                    .does("The file whose first line is the password of tls.trustStore.")
                    .from(1, 4096)
                    .text(null);

    /** Whether clients show certificates. */
    public static final ConfigKey<String> CLIENT_CERTIFICATES =
            named("tls.clientCertificates")
                    .onlyServer()
                    .does(
                            "Whether clients must show a certificate that tls.trustStore trusts"
                                    + " (`required`), may (`wanted`), or are not asked (`none`). It"
                                    + " comes before user and password, and replaces them only with"
                                    + " security.certificateUser.")
                    .oneOf(NONE, WANTED, REQUIRED);

    /** Which versions are spoken. */
    public static final ConfigKey<String> PROTOCOLS =
            named("tls.protocols")
                    .onlyServer()
                    .does("Which versions of TLS are spoken, with commas between them.")
                    .from(1, 255)
                    .text("TLSv1.3,TLSv1.2");

    static final List<ConfigKey<?>> ALL =
            List.of(
                    KEY_STORE,
                    KEY_STORE_PASSWORD_FILE,
                    TRUST_STORE,
                    TRUST_STORE_PASSWORD_FILE,
                    CLIENT_CERTIFICATES,
                    PROTOCOLS);

    private TlsKeys() {}
}
