// SPDX-License-Identifier: Apache-2.0
package org.taffrail.migrate.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.ibm.mq.jakarta.jms.MQConnectionFactory;
import com.ibm.msg.client.jakarta.wmq.WMQConstants;
import com.rabbitmq.jms.admin.RMQConnectionFactory;

import jakarta.jms.Connection;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.taffrail.jms.TaffrailConnectionFactory;
import org.taffrail.jms.TaffrailQueue;
import org.taffrail.jms.TaffrailTopic;
import org.taffrail.migrate.cli.MigrateCommand;
import org.taffrail.migrate.provider.Side;
import org.taffrail.migrate.provider.SideException;

import picocli.CommandLine;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** What the guides for moving say, tried as far as no server of another provider is needed. */
class GuideTest {
    private static final String ARTEMIS = "from-artemis.md";
    private static final String CLASSIC = "from-activemq-classic.md";
    private static final String IBM_MQ = "from-ibm-mq.md";
    private static final String RABBITMQ = "from-rabbitmq.md";
    private static final String CREATE_ON_USE = "destinations.createOnUse";
    private static final String DELIVERIES_MAX = ".redelivery.deliveriesMax";

    /** What keys and options begin with; other words with dots are names of somebody else's. */
    private static final Set<String> FIRST_WORDS =
            Set.of(
                    "jms",
                    "failover",
                    "transport",
                    "security",
                    "redelivery",
                    "retention",
                    "limits",
                    "disk",
                    "connections",
                    "producers",
                    "expiry",
                    "destinations",
                    "memory",
                    "journal",
                    "consumer",
                    "queue",
                    "topic",
                    "destination");

    private static final long WAIT_MS = 5_000;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {ARTEMIS, CLASSIC, IBM_MQ, RABBITMQ})
    void namesOnlyOptionsAndKeysOfTaffrailThatThereAre(String name) throws IOException {
        GuidePage page = GuidePage.of(name);
        Set<String> known = new TreeSet<>(GuidePage.of("options.md").declared());
        known.addAll(GuidePage.of("configuration.md").declared());
        GuidePage spring = GuidePage.of("spring-boot.md");
        Set<String> unknown = new TreeSet<>();
        int checked = 0;

        for (String word : page.codeInTables("Taffrail", false)) {
            for (String key : keys(word)) {
                checked++;
                boolean ours = key.startsWith("taffrail.");
                if (ours ? !spring.says("`" + key) : !known.contains(withoutPattern(key, known))) {
                    unknown.add(word + ": " + key);
                }
            }
        }

        assertEquals(Set.of(), unknown);
        assertTrue(checked > 20, name + ": " + checked);
    }

    /** The keys that are in a word of code: of an assignment, of a destination's options. */
    private static List<String> keys(String word) {
        if (word.contains("://") || word.matches("(bin/|taffrail:).*|.*\\(.*|\\w+\\.")) {
            return List.of();
        }
        String options = word.replaceFirst("^[\\w./]*\\?", "");
        List<String> keys = new ArrayList<>();
        for (String option : options.split("&")) {
            String key = option.replaceFirst("=.*", "");
            key = key.replaceFirst("^(failover\\.)?nested\\.|^taffrail\\.options\\.(?=[a-z])", "");
            key = key.replaceFirst("\\.\\*$", "");
            String first = key.replaceFirst("\\..*", "");
            boolean dotted = key.contains(".");
            if (dotted && (FIRST_WORDS.contains(first) || first.equals("taffrail"))
                    || !dotted && word.contains("?")) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** Takes {@code queue.orders.#.} from a key that is for some destinations. */
    private static String withoutPattern(String key, Set<String> known) {
        String rest = key;
        while (!known.contains(rest) && rest.contains(".")) {
            rest = rest.substring(rest.indexOf('.') + 1);
        }
        boolean pattern = key.matches("(queue|topic|destination)\\..*");
        return pattern || rest.equals(key) ? rest : key;
    }

    @ParameterizedTest
    @ValueSource(strings = {ARTEMIS, CLASSIC, IBM_MQ, RABBITMQ})
    void takesTheUrlsThatItShows(String name) throws IOException {
        List<String> urls =
                GuidePage.of(name).codeInTables("Taffrail", false).stream()
                        .filter(word -> word.matches("(failover:\\(|taffrail:).+"))
                        .map(url -> url.replace("/var/lib/taffrail", folder.toString()))
                        .toList();

        assertTrue(urls.size() >= 2, urls.toString());
        urls.forEach(url -> assertNotNull(new TaffrailConnectionFactory(url), url));
    }

    @ParameterizedTest
    @ValueSource(strings = {ARTEMIS, CLASSIC, IBM_MQ, RABBITMQ})
    void writesCommandsThatCanBeTyped(String name)
            throws IOException, ReflectiveOperationException {
        List<String> wrong = new ArrayList<>();
        Set<List<String>> commands = GuidePage.of(name).commands();
        for (List<String> command : commands) {
            try {
                parse(command);
            } catch (CommandLine.ParameterException e) {
                wrong.add(command + ": " + e.getMessage());
            }
        }

        assertEquals(List.of(), wrong);
        assertTrue(commands.size() > 15, commands.toString());
    }

    private static void parse(List<String> command) throws ReflectiveOperationException {
        String[] words = command.toArray(String[]::new);
        switch (words[0]) {
            case "migrate" -> {
                if (words.length > 2) {
                    MigrateCommand.commandLine()
                            .parseArgs(Arrays.copyOfRange(words, 1, words.length));
                }
            }
            case "perf", "\u2026" -> {} // a word that is explained elsewhere, or stands for any
            default -> {
                Class<?> main = Class.forName("org.taffrail.broker.cli.Main");
                for (Method method : main.getDeclaredMethods()) {
                    if (method.getName().equals("commandLine")) {
                        method.setAccessible(true);
                        ((CommandLine) method.invoke(null, null, words)).parseArgs(words);
                        return;
                    }
                }
                throw new NoSuchMethodException("commandLine");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ARTEMIS, CLASSIC, IBM_MQ, RABBITMQ})
    void bindsInTheNewFileWhatTheOldOneHad(String name) throws IOException, NamingException {
        Properties after = GuidePage.of(name).properties("after");
        Context jndi = new InitialContext(after);
        int bound = 0;

        for (String key : after.stringPropertyNames()) {
            String physical = after.getProperty(key);
            String bare = key.substring(key.indexOf('.') + 1);
            if (key.startsWith("queue.")) {
                assertEquals(new TaffrailQueue(physical), jndi.lookup(bare));
                bound++;
            } else if (key.startsWith("topic.")) {
                assertEquals(new TaffrailTopic(physical), jndi.lookup(bare));
                bound++;
            } else if (key.startsWith("connectionFactory.")) {
                assertInstanceOf(TaffrailConnectionFactory.class, jndi.lookup(bare));
            }
        }
        assertEquals(2, bound);
    }

    @ParameterizedTest
    @ValueSource(strings = {ARTEMIS, CLASSIC, IBM_MQ, RABBITMQ})
    void sendsAwayWhatFailsAsItsBrokerPropertiesSay(String name) throws IOException, JMSException {
        Properties broker = GuidePage.of(name).properties("broker");
        Properties withQueues = new Properties();
        withQueues.putAll(broker);
        withQueues.remove(CREATE_ON_USE); // nobody defines any here
        int policies = 0;

        for (String key : broker.stringPropertyNames()) {
            if (key.startsWith("queue.") && key.endsWith(DELIVERIES_MAX)) {
                String pattern = key.substring(0, key.length() - DELIVERIES_MAX.length());
                String queue = pattern.substring("queue.".length()).replaceFirst("\\.#$", "");
                String dead = broker.getProperty(pattern + ".redelivery.deadLetterQueue");
                dead = dead == null ? broker.getProperty("redelivery.deadLetterQueue") : dead;
                assertEquals(
                        broker.getProperty(key),
                        Integer.toString(failuresUntilDead(withQueues, queue, dead)),
                        key);
                policies++;
            }
        }
        assertEquals(1, policies);
    }

    private static int failuresUntilDead(Properties broker, String queue, String dead)
            throws JMSException {
        try (Connection connection = embedded(broker).createConnection()) {
            connection.start();
            Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
            session.createProducer(session.createQueue(queue)).send(session.createMessage());
            session.commit();
            MessageConsumer failing = session.createConsumer(session.createQueue(queue));
            MessageConsumer buried = session.createConsumer(session.createQueue(dead));
            for (int failures = 0; failures < 20; failures++) {
                Message message = buried.receiveNoWait();
                if (message != null) {
                    assertEquals(queue, message.getStringProperty("JMS_TAFFRAIL_ORIGIN"));
                    return failures;
                }
                Message again = failing.receive(failures < 3 ? WAIT_MS : 500);
                session.rollback();
                if (again == null) {
                    failures--;
                }
            }
            throw new AssertionError("it is not sent away");
        }
    }

    private static TaffrailConnectionFactory embedded(Properties broker) {
        return new TaffrailConnectionFactory(
                broker.stringPropertyNames().stream()
                        .map(key -> encoded(key) + "=" + encoded(broker.getProperty(key)))
                        .collect(Collectors.joining("&", "taffrail:embedded?", "")));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void makesNoQueueOnUseButTheBridgesOwnWhereTheGuideForIbmMqSaysSo()
            throws IOException, JMSException {
        GuidePage page = GuidePage.of(IBM_MQ);
        Properties broker = page.properties("broker");
        List<String> command = page.commands("drain").get(0);
        for (int i = 0; i < command.size(); i++) {
            if (command.get(i).equals("--set")) {
                String[] setting = command.get(i + 1).split("=");
                broker.setProperty(setting[0], setting[1]);
            }
        }
        try (Connection connection = embedded(broker).createConnection();
                Session session = connection.createSession()) {
            assertThrows(
                    InvalidDestinationException.class,
                    () -> session.createConsumer(session.createQueue("ORDERS.IN")));
            assertNotNull(session.createConsumer(session.createQueue("taffrail.migrate.claims")));
        }
    }

    @Test
    void namesPropertiesOfIbmMqAsItsClassesDo() throws IOException, IllegalAccessException {
        Set<Object> constants = new TreeSet<>();
        for (Field field : WMQConstants.class.getFields()) {
            if (field.getName().startsWith("JMS_IBM_")) {
                constants.add(field.get(null));
            }
        }
        List<String> named =
                GuidePage.of(IBM_MQ).code().stream()
                        .filter(word -> word.startsWith("JMS_IBM_"))
                        .toList();

        assertTrue(named.size() > 10, named.toString());
        named.forEach(word -> assertTrue(constants.contains(word), word));
    }

    @Test
    void namesSettersThatTheConnectionFactoriesHave() throws IOException {
        assertEquals(Set.of(), unknownSetters(IBM_MQ, MQConnectionFactory.class));
        assertEquals(Set.of(), unknownSetters(RABBITMQ, RMQConnectionFactory.class));
    }

    private static Set<String> unknownSetters(String name, Class<?> factory) throws IOException {
        Set<String> named =
                GuidePage.of(name).codeInTables("Taffrail", true).stream()
                        .filter(word -> word.matches("set[A-Z]\\w+"))
                        .filter(word -> !word.equals("setDeliveryDelay")) // of a producer
                        .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(named.size() > 6, named.toString());
        Stream.of(factory.getMethods()).map(Method::getName).forEach(named::remove);
        return named;
    }

    @Test
    void opensAConnectionFactoryOfIbmMqFromFiles()
            throws IOException, NamingException, JMSException, SideException {
        MQConnectionFactory factory = new MQConnectionFactory();
        factory.setTransportType(WMQConstants.WMQ_CM_CLIENT);
        factory.setConnectionNameList("a(1414),b(1414)");
        Properties old = inFolder(GuidePage.of(IBM_MQ).properties("old"));
        new InitialContext(old).rebind(old.getProperty(Side.FACTORY_KEY), factory);

        Side side = Side.open(file(old).toString(), null, null, false);

        assertEquals("old.properties", side.toString());
        JMSException nobodyThere = assertThrows(JMSException.class, () -> side.connect(null));
        assertTrue(nobodyThere.getMessage().contains("a(1414)"), nobodyThere.getMessage());
    }

    @Test
    void opensTheConnectionFactoryOfRabbitMqThatThePageBinds()
            throws IOException, NamingException, ReflectiveOperationException, SideException {
        GuidePage page = GuidePage.of(RABBITMQ);
        Properties old = inFolder(page.properties("old"));
        Context context = new InitialContext(old);
        Snippet.bind(page.example("bind"), context, folder);

        assertNotNull(Side.open(file(old).toString(), null, null, false));
        assertEquals(
                "amqp://shop:secret@localhost:5672/shop",
                ((RMQConnectionFactory) new InitialContext(old).lookup("ConnectionFactory"))
                        .getUri());
    }

    private Properties inFolder(Properties old) throws IOException {
        Path jndi = Files.createDirectories(folder.resolve("jndi"));
        old.setProperty(Context.PROVIDER_URL, jndi.toUri().toString());
        return old;
    }

    private Path file(Properties properties) throws IOException {
        Path file = folder.resolve("old.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        return file;
    }
}
