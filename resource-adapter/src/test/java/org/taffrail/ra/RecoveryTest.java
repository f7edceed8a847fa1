// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.resource.spi.ActivationSpec;

import org.junit.jupiter.api.Test;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** What a server finds of its transactions after it has died. */
class RecoveryTest extends AdapterFixture {
    private static final int ALL = XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN;

    private Xid[] prepared(String... texts) throws Exception {
        TaffrailManagedConnectionFactory managed = new TaffrailManagedConnectionFactory();
        managed.setResourceAdapter(adapter);
        FakePool dying = new FakePool();
        ConnectionFactory factory = (ConnectionFactory) managed.createConnectionFactory(dying);
        for (String text : texts) {
            dying.begin();
            try (JMSContext inside = factory.createContext()) {
                inside.createProducer().send(inside.createQueue("q"), text);
            }
            dying.prepare();
        }
        return resource(queue("q")).recover(ALL);
    }

    private XAResource resource(ActivationSpec... specs) {
        return adapter.getXAResources(specs)[0];
    }

    @Test
    void endsWhatIsPrepared() throws Exception {
        Xid[] branches = prepared("1", "2");
        assertEquals(2, branches.length);

        resource(queue("q")).commit(branches[0], false);
        resource(queue("q")).rollback(branches[1]);

        assertEquals(0, resource(queue("q")).recover(ALL).length);
        assertEquals(1, waiting("q"));
    }

    @Test
    void connectsAgainAfterALoss() throws Exception {
        XAResource resource = resource(queue("q"));
        assertEquals(0, resource.recover(ALL).length);
        client.stopEmbeddedBroker();
        context.close();
        context = client.createContext();

        assertEquals(1, prepared("1").length);
        assertEquals(1, resource.recover(ALL).length);
    }

    @Test
    void thereIsOneForEachBrokerAndUser() throws Exception {
        TaffrailActivationSpec billing = queue("q");
        billing.setUser("billing");
        XAResource[] resources =
                adapter.getXAResources(
                        new ActivationSpec[] {queue("a"), topic("b"), billing, queue("c")});

        assertEquals(2, resources.length);
        assertNotSame(resources[0], resources[1]);
        assertFalse(resources[0].isSameRM(resources[1]));
        assertTrue(resources[0].isSameRM(resource(queue("d"))));
    }

    @Test
    void isOfNoUseForWorkNorAfterTheAdapterHasStopped() {
        XAResource resource = resource(queue("q"));
        Xid xid = FakeBeans.Name.next();
        assertEquals(
                XAException.XAER_PROTO,
                assertThrows(XAException.class, () -> resource.start(xid, XAResource.TMNOFLAGS))
                        .errorCode);
        adapter.stop();
        assertEquals(
                XAException.XAER_RMFAIL,
                assertThrows(XAException.class, () -> resource.recover(ALL)).errorCode);
    }
}
