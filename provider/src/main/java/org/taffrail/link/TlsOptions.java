// SPDX-License-Identifier: Apache-2.0
package org.taffrail.link;

import static org.taffrail.link.ConnectionOption.named;

/** The options of {@link ConnectionOptions} that say how a connection is encrypted. */
public final class TlsOptions {
    /** Whether the connection is encrypted. */
    public static final ConnectionOption<Boolean> TLS =
            named("transport.tls")
                    .alsoKnownAs("ssl", "sslEnabled", "transport.ssl")
                    .onlyRemote()
                    .does(
                            "Whether the connection is encrypted (TLS), as taffrails:// in the place"
                                    + " of taffrail:// says too. The broker must show a certificate"
                                    + " that is trusted and is its host's.")
                    .flag(false);

    /** Whose certificates are trusted. */
    public static final ConnectionOption<String> TRUST_STORE =
            named("transport.trustStore")
                    .alsoKnownAs("transport.trustStoreLocation", "trustStorePath")
                    .onlyRemote()
                    .does(
                            "The file with the certificates that are trusted: PEM, or a key store"
                                    + " (PKCS #12, JKS). If not set: those that the JVM trusts.")
                    .text(1, 4096);

    /** The password of the file with trusted certificates. */
    public static final ConnectionOption<String> TRUST_STORE_PASSWORD =
            named("transport.trustStorePassword")
                    .alsoKnownAs("trustStorePassword")
                    .hidden()
                    .onlyRemote()
                    .does("The password of transport.trustStore, where it is a key store.")
                    .text(0, 1024);

    /** The client's own key and certificate. */
    public static final ConnectionOption<String> KEY_STORE =
            named("transport.keyStore")
                    .alsoKnownAs("transport.keyStoreLocation", "keyStorePath")
                    .onlyRemote()
                    .does(
                            "The file with the key and the certificate that the client shows to a"
                                    + " broker that asks for one: PEM with an unencrypted key, or a"
                                    + " key store.")
                    .text(1, 4096);

    /** The password of the file with the client's key. */
    public static final ConnectionOption<String> KEY_STORE_PASSWORD =
            named("transport.keyStorePassword")
                    .alsoKnownAs("keyStorePassword")
                    .hidden()
                    .onlyRemote()
                    .does("The password of transport.keyStore, and of the key in it.")
                    .text(0, 1024);

    /** Whether the certificate says who the client is. */
    public static final ConnectionOption<Boolean> CERTIFICATE_LOGIN =
            named("transport.certificateLogin")
                    .onlyRemote()
                    .does(
                            "Whether a client without a user and a password is let in as the user that"
                                    + " its certificate (transport.keyStore) names to the broker: see"
                                    + " the broker's security.certificateUser.")
                    .flag(false);

    /** Whether a certificate must be the host's. */
    public static final ConnectionOption<Boolean> VERIFY_HOST =
            named("transport.verifyHost")
                    .alsoKnownAs("verifyHost", "transport.verifyHostName")
                    .onlyRemote()
                    .does(
                            "Whether the broker's certificate must name the host of the URL (RFC"
                                    + " 2818). With false whoever has any trusted certificate can"
                                    + " stand in for the broker.")
                    .flag(true);

    /** Which protocols are spoken. */
    public static final ConnectionOption<String> ENABLED_PROTOCOLS =
            named("transport.enabledProtocols")
                    .alsoKnownAs("enabledProtocols")
                    .onlyRemote()
                    .does("Which versions of TLS are spoken, with commas between them.")
                    .text("TLSv1.3,TLSv1.2", 1, 255);

    private TlsOptions() {}
}
