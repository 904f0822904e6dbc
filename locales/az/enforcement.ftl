# Qanunun qoyduğu qadağa hərəkəti rədd etdikdə əməkdaşın oxuduğu.
enforcement-refusal-title = İcazə verilmir
enforcement-refusal-claim = Bu şəxsin sığınacaq müraciətinə hələ baxılır. Yekun qərar qəbul edilənədək heç kim onun ölkəni tərk etməsi, çıxarılması və ya qovulması haqqında qərar verə bilməz.
enforcement-refusal-protected = Bu şəxs qanunun müdafiəsi altındadır. Bu müdafiə davam etdikcə heç kim onun ölkəni tərk etməsi, çıxarılması və ya qovulması haqqında qərar verə bilməz.
enforcement-refusal-basis = Hüquqi əsas: { $citation }
enforcement-refusal-recorded = Bu cəhd və onun rədd edilməsi qeydə alınıb. Ombudsman hər ikisini görə bilər.
enforcement-refusal-next = Heç bir əməkdaş bu qadağanı götürə bilməz. Səbəbi aradan qalxdıqda o, özü başa çatır.
