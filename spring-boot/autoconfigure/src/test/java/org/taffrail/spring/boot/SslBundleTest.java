// SPDX-License-Identifier: Apache-2.0
package org.taffrail.spring.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.jms.JmsException;
import org.springframework.jms.core.JmsTemplate;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.server.Broker;
import org.taffrail.broker.server.StoreFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An application that encrypts its connections with a bundle of Boot's. */
class SslBundleTest {
    private static final String PASSWORD = "changeit";

    @TempDir private Path folder;
    private Broker broker;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @BeforeEach
    void start() throws Exception {
        Path store = folder.resolve("keys.p12");
        keytool(
                store,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=b",
                "-ext",
                "san=ip:127.0.0.1");
        keytool(store, "-exportcert", "-rfc", "-file", certificate().toString());
        Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        BrokerConfig config =
                BrokerConfig.defaults()
                        .with(
                                Map.of(
                                        "port",
                                        "0",
                                        "tls.keyStore",
                                        store.toString(),
                                        "tls.keyStorePasswordFile",
                                        password.toString()))
                        .conclude();
        broker = new Broker(config, StoreFactory.of(config), true);
        broker.start();
    }

    private Path certificate() {
        return folder.resolve("certificate.pem");
    }

    private static void keytool(Path store, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-alias", "key", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    @AfterEach
    void stop() {
        broker.stop();
    }

    private ApplicationContextRunner application(String... more) {
        return new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues("taffrail.broker-url=taffrail://127.0.0.1:" + broker.port())
                .withPropertyValues(more);
    }

    private static void assertRoundTrip(JmsTemplate jms) {
        jms.convertAndSend("orders", "one");
        assertEquals("one", jms.receiveAndConvert("orders"));
    }

    @Test
    void aBundleSaysWhatIsTrusted() {
        application(
                        "spring.ssl.bundle.pem.mine.truststore.certificate=file:" + certificate(),
                        "taffrail.ssl.bundle=mine")
                .run(context -> assertRoundTrip(context.getBean(JmsTemplate.class)));
    }

    @Test
    void optionsOfTheProviderDoAsWell() {
        application(
                        "taffrail.ssl.enabled=true",
                        "taffrail.options.transport.trustStore=" + certificate())
                .run(context -> assertRoundTrip(context.getBean(JmsTemplate.class)));
    }

    @Test
    void whoeverIsNotTrustedIsRefused() {
        application("taffrail.ssl.enabled=true")
                .run(
                        context -> {
                            JmsTemplate jms = context.getBean(JmsTemplate.class);
                            Exception refused =
                                    assertThrows(
                                            Exception.class,
                                            () -> jms.convertAndSend("orders", "one"));
                            assertInstanceOf(JmsException.class, refused);
                            String why = refused.getCause().getMessage();
                            assertTrue(why.contains("TLS"), why);
                        });
    }

    @Test
    void aBundleThatIsNotThereEndsTheStart() {
        application("taffrail.ssl.bundle=nobodys")
                .run(
                        context ->
                                assertTrue(
                                        context.getStartupFailure() != null,
                                        "it starts without its bundle"));
    }
}
