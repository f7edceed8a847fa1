// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Where the broker has a certificate, its HTTP side has the same. */
class HttpsTest {
    private static final String PASSWORD = "changeit";

    @TempDir private Path folder;

    private Path keys() throws Exception {
        Path file = folder.resolve("keys.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process made =
                new ProcessBuilder(
                                keytool.toString(),
                                "-genkeypair",
                                "-alias",
                                "broker",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=broker",
                                "-ext",
                                "san=ip:127.0.0.1",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertTrue(made.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, made.exitValue());
        return file;
    }

    private static HttpClient trusting(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("broker", store.getCertificate("broker"));
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    @Test
    void servesWithTheBrokersCertificateAndNothingInTheClear() throws Exception {
        Path keys = keys();
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        Map<String, String> config =
                Map.of(
                        "tls.keyStore",
                        keys.toString(),
                        "tls.keyStorePasswordFile",
                        password.toString());
        try (ConsoleRig rig = ConsoleRig.started(config)) {
            assertTrue(rig.address().startsWith("https://127.0.0.1:"), rig.address());
            HttpClient client = trusting(keys);
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(rig.address() + "/health/ready")).build();

            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());

            assertEquals(200, response.statusCode());
            assertTrue(response.headers().firstValue("Strict-Transport-Security").isPresent());
            URI clear = URI.create(rig.address().replace("https", "http") + "/health/ready");
            assertThrows(
                    IOException.class,
                    () ->
                            client.send(
                                    HttpRequest.newBuilder(clear).build(),
                                    HttpResponse.BodyHandlers.ofString()));
            assertThrows(IOException.class, () -> rig.get("/health/ready"));
        }
    }
}
