import { createFakeChat } from '../../support/fake-chat.js';
import { chatContract } from './chat-contract.js';

const person = (member: string) => ({ programme: 'saman', member, workspace: 'w', account: {} });

// The fake that other tests rely on keeps what every chat promises.
chatContract(
  'fake chat',
  () => {
    const chat = createFakeChat({
      goneMembers: ['gone'],
    });
    return Promise.resolve({
      chat,
      reachable: person('here'),
      gone: person('gone'),
      seen: () =>
        Promise.resolve(chat.posted.filter((each) => each.removed !== true).map((each) => each.message.text)),
    });
  },
  { canOvertake: false },
);
