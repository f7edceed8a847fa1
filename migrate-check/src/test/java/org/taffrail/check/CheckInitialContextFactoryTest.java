// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.XAConnectionFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;

import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;

class CheckInitialContextFactoryTest {
    private static final String TAFFRAIL = "org.taffrail.jms.jndi.TaffrailInitialContextFactory";

    @TempDir private Path folder;

    private Hashtable<String, String> jndi() {
        Hashtable<String, String> jndi = new Hashtable<>();
        jndi.put(Context.INITIAL_CONTEXT_FACTORY, CheckInitialContextFactory.class.getName());
        jndi.put("taffrail.check.initial", TAFFRAIL);
        jndi.put("taffrail.check.folder", folder.resolve("new/folder").toString());
        jndi.put("connectionFactory.jms/CF", "taffrail:embedded?name=jndi-check");
        jndi.put("queue.jms/Q", "orders");
        return jndi;
    }

    @Test
    void wrapsFactoriesAndNothingElse() throws NamingException, JMSException, IOException {
        // when
        InitialContext names = new InitialContext(jndi());
        Object factory = names.lookup("jms/CF");
        Object inside = ((Context) names.lookup("jms")).lookup("CF");
        Object queue = names.lookup("jms/Q");

        // then
        assertInstanceOf(XAConnectionFactory.class, factory);
        assertNotSame(factory, Check.unwrap(factory));
        assertNotSame(inside, Check.unwrap(inside));
        assertSame(queue, Check.unwrap(queue));
        assertEquals("orders", ((Queue) queue).getQueueName());
        try (Connection connection = ((ConnectionFactory) factory).createConnection()) {
            connection.createSession();
        }
        Path file = Check.write(folder.resolve("new/folder"));
        String text = Files.readString(file);
        assertTrue(text.contains("use\tJNDI_FACTORY\tjms/CF\t1\t"), text);
        assertTrue(text.contains("use\tJNDI_QUEUE\tjms/Q\\torders\t1\t"), text);
        assertTrue(text.contains("use\tPROVIDER\tTaffrail"), text);
        assertTrue(text.endsWith("\nend\n"), text);
    }

    @Test
    void whatIsNotThereIsNotThereAsWithTheProviderAlone() throws NamingException {
        InitialContext names = new InitialContext(jndi());
        assertThrows(NameNotFoundException.class, () -> names.lookup("nothing"));
    }

    @Test
    void saysWhatIsMissing() {
        Hashtable<String, String> jndi = jndi();
        jndi.remove("taffrail.check.initial");
        NoInitialContextException missing =
                assertThrows(NoInitialContextException.class, () -> new InitialContext(jndi));
        assertTrue(missing.getMessage().contains("taffrail.check.initial"));

        jndi.put("taffrail.check.initial", "com.example.Missing");
        NoInitialContextException wrong =
                assertThrows(NoInitialContextException.class, () -> new InitialContext(jndi));
        assertTrue(wrong.getMessage().contains("com.example.Missing"));
    }

    @Test
    void aFolderThatCanNotBeMadeHarmsNobody() throws NamingException, JMSException, IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Hashtable<String, String> jndi = jndi();
        jndi.put("taffrail.check.folder", file.resolve("below").toString());

        ConnectionFactory factory = (ConnectionFactory) new InitialContext(jndi).lookup("jms/CF");

        factory.createConnection().close();
        assertEquals(null, Check.write(file.resolve("below")));
    }

    @Test
    void asABeanItIsAPlainFactory() throws NamingException, JMSException, IOException {
        Hashtable<String, String> jndi = jndi();
        jndi.put(Context.INITIAL_CONTEXT_FACTORY, TAFFRAIL);
        ConnectionFactory provider = (ConnectionFactory) new InitialContext(jndi).lookup("jms/CF");
        Path own = folder.resolve("bean");

        ConnectionFactory bean = new CheckingConnectionFactory(provider, own);
        bean.createContext().close();
        bean.createConnection().close();

        String text = Files.readString(Check.write(own));
        assertTrue(text.contains("use\tCONTEXT\tauto\t1\t"), text);
        assertTrue(text.contains("use\tCONNECTION\t\t2\t"), text);
        assertThrows(IllegalArgumentException.class, () -> Check.wrap("no factory", own));
    }
}
