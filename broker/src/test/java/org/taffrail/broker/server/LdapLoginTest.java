// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSSecurityRuntimeException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.security.CapturedAudit;
import org.taffrail.broker.security.PasswordHash;
import org.taffrail.broker.security.UsersFile;
import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.wire.WireException;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.security.auth.login.Configuration;

/**
 * Users of a real LDAP directory, in memory, by the JDK's own login module; beside users of a file.
 */
class LdapLoginTest {
    private static final String PEOPLE = "ou=people,dc=example,dc=org";
    private static final String PRINCIPAL = "com.sun.security.auth.UserPrincipal";

    @TempDir private Path folder;
    private final CapturedAudit audit = new CapturedAudit();
    private InMemoryDirectoryServer directory;
    private Configuration before;
    private Broker broker;

    @BeforeEach
    void startDirectory() throws Exception {
        InMemoryDirectoryServerConfig config =
                new InMemoryDirectoryServerConfig("dc=example,dc=org");
        config.setListenerConfigs(
                InMemoryListenerConfig.createLDAPConfig(
                        "loopback", InetAddress.getLoopbackAddress(), 0, null));
        config.setSchema(null);
        directory = new InMemoryDirectoryServer(config);
        directory.add("dn: dc=example,dc=org", "objectClass: domain", "dc: example");
        directory.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
        person("ann", "ann's word", "clerks");
        person("clerks", "another", "none of them");
        person("boss", "the directory's", "clerks");
        directory.startListening();

        JaasEntries entries = new JaasEntries();
        entries.put(
                "directory",
                "com.sun.security.auth.module.LdapLoginModule",
                Map.of(
                        "userProvider",
                        "ldap://127.0.0.1:" + directory.getListenPort() + "/" + PEOPLE,
                        "authIdentity",
                        "uid={USERNAME}," + PEOPLE,
                        "userFilter",
                        "(uid={USERNAME})",
                        "authzIdentity",
                        "{employeeType}",
                        "useSSL",
                        "false"));
        entries.put("slow", SlowLoginModule.class.getName(), Map.of());
        before = entries.install();
    }

    private void person(String uid, String password, String type) throws Exception {
        directory.add(
                "dn: uid=" + uid + "," + PEOPLE,
                "objectClass: inetOrgPerson",
                "uid: " + uid,
                "cn: " + uid,
                "sn: " + uid,
                "employeeType: " + type,
                "userPassword: " + password);
    }

    @AfterEach
    void stop() {
        Configuration.setConfiguration(before);
        directory.shutDown(true);
        SlowLoginModule.letGo();
        if (broker != null) {
            broker.stop();
        }
    }

    private void start(Map<String, String> more) throws Exception {
        Map<String, String> values = new HashMap<>();
        values.put("port", "0");
        values.put("security.jaasEntry", "directory");
        values.put("security.jaasRoleClasses", PRINCIPAL);
        values.put("permissions.send", "clerks");
        values.putAll(more);
        BrokerConfig config = BrokerConfig.defaults().with(values);
        broker = new Broker(config, StoreFactory.of(config), true, Delays.USUAL, audit.audit());
        broker.start();
    }

    private JMSContext context(String user, String password) {
        return new TaffrailConnectionFactory(broker.address()).createContext(user, password);
    }

    private static void send(JMSContext context) {
        context.createProducer().send(context.createQueue("q"), "x");
    }

    private String refusal(String user, String password) {
        return assertThrows(
                        JMSSecurityRuntimeException.class, () -> context(user, password).close())
                .getMessage();
    }

    @Test
    void whoIsInTheDirectoryComesInWithTheRolesThatItGives() throws Exception {
        start(Map.of());
        try (JMSContext ann = context("ann", "ann's word")) {
            send(ann);
        }
        assertTrue(
                audit.lines().get(0).startsWith("INFO event=login user=\"ann\" roles=\"clerks\""),
                audit.lines().toString());
    }

    @Test
    void aUserOfARolesNameDoesNotHaveThatRole() throws Exception {
        start(Map.of());
        try (JMSContext context = context("clerks", "another")) {
            assertThrows(JMSSecurityRuntimeException.class, () -> send(context));
        }
    }

    @Test
    void wrongPasswordsEmptyOnesAndNamesThatNobodyHasAreRefusedAlike() throws Exception {
        start(Map.of());
        String wrong = refusal("ann", "wrong");
        assertTrue(wrong.contains("wrong user or password"), wrong);
        for (String user : List.of("ann", "nobody", "*", "ann,ou=people", "ann)(uid=*")) {
            assertEquals(wrong, refusal(user, ""));
        }
        for (String user : List.of("nobody", "*", "ann)(uid=*", "boss,ou=x")) {
            assertEquals(wrong, refusal(user, "ann's word"));
        }
        assertTrue(audit.lines().stream().noneMatch(line -> line.contains("ann's word")));
    }

    @Test
    void whoIsInTheFileIsJudgedByTheFileAlone() throws Exception {
        UsersFile file = new UsersFile(folder.resolve("users"));
        file.change(
                none ->
                        none.with("boss", PasswordHash.of("the file's", new byte[16], 1000))
                                .withRoles("boss", List.of("others")));
        start(Map.of("security.usersFile", file.toString(), "security.managers", "boss"));

        refusal("boss", "the directory's");
        try (JMSContext boss = context("boss", "the file's")) {
            assertThrows(JMSSecurityRuntimeException.class, () -> send(boss));
        }
        try (JMSContext ann = context("ann", "ann's word")) {
            send(ann);
        }
    }

    @Test
    void nobodyComesInWhileTheDirectoryIsAwayAndTheBrokerGoesOn() throws Exception {
        start(Map.of());
        try (JMSContext ann = context("ann", "ann's word")) {
            directory.shutDown(true);
            refusal("ann", "ann's word");
            send(ann);
        }
    }

    @Test
    void aModuleThatDoesNotAnswerIsGivenUpAndHoldsUpNobodyElse() throws Exception {
        SlowLoginModule.hold();
        UsersFile file = new UsersFile(folder.resolve("users"));
        file.change(none -> none.with("boss", PasswordHash.of("right", new byte[16], 1000)));
        start(
                Map.of(
                        "security.jaasEntry",
                        "slow",
                        "security.jaasThreads",
                        "1",
                        "security.jaasTimeoutMs",
                        "300",
                        "security.usersFile",
                        file.toString()));

        String late = refusal("ann", "word");
        assertTrue(late.contains("security.jaasTimeoutMs"), late);
        context("boss", "right").close();
        SlowLoginModule.letGo();
        assertFalse(refusal("ann", "word").contains("wrong"), "it fails for another reason");
    }

    @Test
    void anEntryThatIsNotThereKeepsTheBrokerFromStarting() {
        WireException refused =
                assertThrows(
                        WireException.class, () -> start(Map.of("security.jaasEntry", "nothing")));
        assertTrue(refused.getMessage().contains("has no entry \"nothing\""));
    }
}
