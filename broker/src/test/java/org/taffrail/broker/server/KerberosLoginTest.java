// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSSecurityRuntimeException;

import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.security.CapturedAudit;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import javax.security.auth.kerberos.KerberosPrincipal;
import javax.security.auth.login.Configuration;

/** Users of a real Kerberos realm, with a KDC in this JVM, by the JDK's own login module. */
class KerberosLoginTest {
    private static final String REALM = "EXAMPLE.ORG";
    private static final String CONF = "java.security.krb5.conf";

    @TempDir private Path folder;
    private final CapturedAudit audit = new CapturedAudit();
    private SimpleKdcServer kdc;
    private Configuration before;
    private String confBefore;
    private Broker broker;

    @BeforeEach
    void startRealm() throws Exception {
        kdc = new SimpleKdcServer();
        kdc.setWorkDir(folder.toFile());
        kdc.setKdcRealm(REALM);
        kdc.setKdcHost("127.0.0.1");
        kdc.setAllowUdp(false);
        kdc.setKdcTcpPort(freePort());
        kdc.init();
        kdc.createPrincipal("ann@" + REALM, "ann's word");
        kdc.start();
        confBefore = System.getProperty(CONF);
        System.setProperty(CONF, folder.resolve("krb5.conf").toString());

        JaasEntries entries = new JaasEntries();
        entries.put(
                "realm",
                "com.sun.security.auth.module.Krb5LoginModule",
                Map.of("refreshKrb5Config", "true"));
        before = entries.install();
        BrokerConfig config =
                BrokerConfig.defaults()
                        .with(
                                Map.of(
                                        "port",
                                        "0",
                                        "security.jaasEntry",
                                        "realm",
                                        "security.jaasUserClass",
                                        KerberosPrincipal.class.getName(),
                                        "permissions.send",
                                        "user:ann@" + REALM));
        broker = new Broker(config, StoreFactory.of(config), true, Delays.USUAL, audit.audit());
        broker.start();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() throws Exception {
        Configuration.setConfiguration(before);
        if (confBefore == null) {
            System.clearProperty(CONF);
        } else {
            System.setProperty(CONF, confBefore);
        }
        if (broker != null) {
            broker.stop();
        }
        if (kdc != null) {
            kdc.stop();
        }
    }

    private JMSContext context(String user, String password) {
        return new TaffrailConnectionFactory(broker.address()).createContext(user, password);
    }

    private String refusal(String user, String password) {
        return assertThrows(
                        JMSSecurityRuntimeException.class, () -> context(user, password).close())
                .getMessage();
    }

    @Test
    void whoIsInTheRealmComesInByItsPrincipal() {
        try (JMSContext ann = context("ann", "ann's word")) {
            ann.createProducer().send(ann.createQueue("q"), "x");
        }
        assertTrue(
                audit.lines().get(0).startsWith("INFO event=login user=\"ann@" + REALM + "\""),
                audit.lines().toString());
    }

    @Test
    void wrongPasswordsAndNamesThatNobodyHasAreRefusedAlike() {
        String wrong = refusal("ann", "wrong");
        assertTrue(wrong.contains("wrong user or password"), wrong);
        assertEquals(wrong, refusal("nobody", "ann's word"));
        assertEquals(wrong, refusal("ann", ""));
        List<String> lines = audit.lines();
        assertTrue(lines.stream().noneMatch(line -> line.contains("ann's word")), lines.toString());
    }

    @Test
    void whileTheRealmIsAwayNobodyIsToldThatHisPasswordIsWrong() throws Exception {
        kdc.stop();
        String why = refusal("ann", "ann's word");
        assertTrue(why.contains("can't be found out now"), why);
        kdc = null;
    }
}
