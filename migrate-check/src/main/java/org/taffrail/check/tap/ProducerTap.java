// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import jakarta.jms.CompletionListener;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;

import org.taffrail.check.record.DestinationUse;
import org.taffrail.check.record.Feature;
import org.taffrail.check.record.Recorder;

/** Watches a producer of the classic interfaces, of any kind. */
final class ProducerTap extends Tap {
    private static final long serialVersionUID = 1L;

    /** Null where each send names its own. */
    private final transient DestinationUse destination;

    private final transient Delivery delivery = new Delivery();

    ProducerTap(MessageProducer delegate, DestinationUse destination, Recorder recorder) {
        super(delegate, recorder);
        this.destination = destination;
    }

    private static boolean isSend(String name) {
        return name.equals("send") || name.equals("publish");
    }

    @Override
    Object before(String name, Object[] args) throws JMSException {
        if (!isSend(name) || args.length == 0) {
            return null;
        }
        DestinationUse to = destination;
        int messageAt = 0;
        if (args[0] instanceof Destination && !(args[0] instanceof Message)) {
            to = recorder().destination((Destination) args[0]);
            messageAt = 1;
        }
        if (to == null || messageAt >= args.length || !(args[messageAt] instanceof Message)) {
            // refused by the provider
            return null;
        }
        return Sent.look((Message) args[messageAt], to, recorder());
    }

    @Override
    Object after(String name, Object[] args, Object result, Object noted) {
        if (noted instanceof Sent) {
            ((Sent) noted).count(recorder());
            delivery(args);
        } else if (name.startsWith("set") && args.length == 1) {
            delivery.set(name, args[0], recorder());
        }
        return result;
    }

    private void delivery(Object[] args) {
        int count = args.length;
        if (args[count - 1] instanceof CompletionListener) {
            recorder().used(Feature.ASYNC_SEND);
            count--;
        }
        if (count >= 4 && args[count - 1] instanceof Long) {
            delivery.count(
                    (Integer) args[count - 3],
                    (Integer) args[count - 2],
                    (Long) args[count - 1],
                    recorder());
            if (delivery.delayMs() > 0) {
                recorder().used(Feature.DELIVERY_DELAY);
            }
        } else {
            delivery.count(recorder());
        }
    }
}
